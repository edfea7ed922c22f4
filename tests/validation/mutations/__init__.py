"""Faulty addenda and profiles, made from the real ones: what breaks, which rule must speak, and where."""
