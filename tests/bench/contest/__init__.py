"""Servers to be compared, each in processes of its own on the loopback interface, and how to ask and load them."""
