"""The load test of the board: sessions of several readers on the full made-up set."""
