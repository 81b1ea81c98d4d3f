#!/usr/bin/env bash
# Set up what the repository needs on a fresh Debian or Ubuntu with Python 3.11 or newer.
#
#   scripts/setup.sh python     uv (in .tools, unless there is one) and .venv as uv.lock says
#   scripts/setup.sh chromium   .tools/bin/chromium, a link to a Chromium that can be driven
#   scripts/setup.sh soffice    .tools/bin/soffice, LibreOffice Calc for the tests of the template
#   scripts/setup.sh npm        .tools/npm, what tests/browser/package-lock.json names (no Node)
#
# Safe to repeat. The Makefile calls it only when its result is missing or out of date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly UV_VERSION=0.13.9
readonly BIN="$PWD/.tools/bin"
export PATH="$BIN:$PATH"
unset VIRTUAL_ENV # another project's environment may be active
# An office network may have its own certificate authority, known to the system only.
[ ! -s /etc/ssl/certs/ca-certificates.crt ] || export UV_SYSTEM_CERTS=1

say() { printf '• %s\n' "$@" >&2; }

fail() {
  printf '✗ %s\n' "$@" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Cần quyền root hoặc sudo để chạy: $*" "Root or sudo is needed to run: $*"
  fi
}

apt_install() {
  command -v apt-get >/dev/null || return 1
  as_root apt-get -o DPkg::Lock::Timeout=120 update -qq || true # one dead source must not stop us
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends "$@" \
    </dev/null >/dev/null
}

# The system's own python3 first: it is the one that apt packages such as python3-venv belong to.
find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Cần Python 3.11 trở lên (ví dụ: sudo apt-get install python3)." \
    "Python 3.11 or newer is needed (for example: sudo apt-get install python3)."
}

install_uv() {
  local python=$1 version
  say "Đang cài uv $UV_VERSION vào .tools / installing uv $UV_VERSION into .tools"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "python$version-venv" || apt_install python3-venv ||
      fail "Không cài được gói python3-venv." "The package python3-venv cannot be installed."
  fi
  "$python" -m venv --clear .tools/uv
  .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" ||
    fail "Không cài được uv: hãy kiểm tra kết nối mạng." "uv cannot be installed: check the network."
  mkdir -p "$BIN"
  ln -sf ../uv/bin/uv "$BIN/uv"
}

set_up_python() {
  local python
  local -a quiet=(--quiet)
  python=$(find_python)
  command -v uv >/dev/null || install_uv "$python"
  [ -t 2 ] && quiet=()
  say "Đang cài các thư viện vào .venv (lần đầu có thể mất vài phút) / installing the libraries"
  UV_PYTHON_DOWNLOADS=never uv sync "${quiet[@]}" --locked --python "$python" ||
    fail "Không cài được các thư viện ghi trong uv.lock (xem thông báo ở trên)." \
      "The libraries of uv.lock cannot be installed (see the message above)."
  touch .venv/.synced
}

# A browser confined by snap starts but cannot be driven, so it does not count.
is_usable() {
  local target
  target=$(readlink -f "$1")
  case $target in */snap | /snap/*) return 1 ;; esac
  if head -c 2048 "$target" | grep -aq /snap/; then return 1; fi
  timeout 30 "$1" --version >/dev/null 2>&1
}

find_chromium() {
  local name path
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    path=$(command -v "$name") || continue
    if is_usable "$path"; then
      echo "$path"
      return
    fi
  done
  return 1
}

# Ubuntu's package only calls snap, so there Playwright's own build is the way.
install_chromium() {
  say "Đang cài Chromium để kiểm thử giao diện / installing Chromium for the browser tests"
  if ! grep -qs '^ID=ubuntu$' /etc/os-release && apt_install chromium && find_chromium; then
    return
  fi
  PLAYWRIGHT_BROWSERS_PATH="$PWD/.tools/browsers" \
    .venv/bin/python -m playwright install --with-deps chromium >&2 || return 1
  find .tools/browsers -type f \( -name chrome -o -name headless_shell \) -perm -u+x | sort | head -n 1
}

set_up_chromium() {
  local path
  rm -f "$BIN/chromium"
  path=$(find_chromium || install_chromium) && [ -n "$path" ] ||
    fail "Không cài được Chromium. Hãy tự cài Chromium hoặc Google Chrome rồi chạy lại." \
      "Chromium cannot be installed. Install Chromium or Google Chrome yourself and run again."
  mkdir -p "$BIN"
  ln -sf "$(readlink -f "$path")" "$BIN/chromium"
}

set_up_soffice() {
  local path
  rm -f "$BIN/soffice"
  if ! path=$(command -v soffice); then
    say "Đang cài LibreOffice Calc để kiểm thử mẫu biểu / installing LibreOffice Calc for the tests"
    apt_install libreoffice-calc && path=$(command -v soffice) ||
      fail "Không cài được LibreOffice. Hãy tự cài gói libreoffice-calc rồi chạy lại." \
        "LibreOffice cannot be installed. Install the package libreoffice-calc and run again."
  fi
  mkdir -p "$BIN"
  ln -sf "$(readlink -f "$path")" "$BIN/soffice"
}

set_up_npm() {
  say "Đang tải axe-core để kiểm tra khả năng tiếp cận / fetching axe-core for the browser tests"
  rm -rf .tools/npm .tools/npm.part
  SSL_CERT_FILE=${SSL_CERT_FILE:-$([ ! -s /etc/ssl/certs/ca-certificates.crt ] || echo /etc/ssl/certs/ca-certificates.crt)} \
    .venv/bin/python scripts/fetch_npm.py tests/browser/package-lock.json .tools/npm.part ||
    fail "Không tải được gói npm: hãy kiểm tra kết nối mạng." "npm packages cannot be fetched."
  mv .tools/npm.part .tools/npm
}

case ${1:-} in
  python) set_up_python ;;
  chromium) set_up_chromium ;;
  soffice) set_up_soffice ;;
  npm) set_up_npm ;;
  *) fail "Cách dùng / usage: scripts/setup.sh python|chromium|soffice|npm" ;;
esac
