"""The texts of the board as tables: key, Vietnamese, English."""
