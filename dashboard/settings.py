"""Settings of the board, from the environment (``GENDER_STATS_…``) or a ``.env`` file."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from indicators.errors import SettingsError


class Settings(BaseSettings):
    """Where the release lies and how the board is served; each as ``GENDER_STATS_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="GENDER_STATS_", env_file=".env", extra="ignore", frozen=True
    )

    data_directory: Path = Path("data")
    release: Path | None = None  # one release file to show instead of the one in force
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    workers: int = Field(default=4, ge=1)  # server processes, one per core at best
    threads: int = Field(default=4, ge=1)  # requests answered at once by one process

    @property
    def processed(self) -> Path:
        """The directory that holds the releases and the pointer to the one in force."""
        return self.data_directory / "processed"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"GENDER_STATS_{str(fault['loc'][0]).upper()}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingsError(faults) from error
