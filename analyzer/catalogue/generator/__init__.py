"""The parts of the catalogue's generator, one for each kind of thing it describes."""
