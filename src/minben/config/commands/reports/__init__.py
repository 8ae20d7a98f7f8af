"""Reports that `minben report` prints, one to a file."""
