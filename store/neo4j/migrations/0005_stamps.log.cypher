// Records get their stamps, and commits their numbers and the clearance of their writers: the program works them out.
