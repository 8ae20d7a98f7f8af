"""What a proposal asks for, one by one (訴求), and what becomes of each."""
