"""Published figures turned into submissions: tables that say what goes where, and their reader."""
