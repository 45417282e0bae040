"""What the commands do: public functions that join the steps; the command line only reads its options."""
