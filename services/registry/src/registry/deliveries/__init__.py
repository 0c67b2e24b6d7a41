"""Published files of figures: taken over, and the Index that counts them computed anew."""
