"""Speed of the whole extraction against a floor and a peer, on texts not seen before. Run by `make bench`."""
