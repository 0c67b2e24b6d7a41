"""How the measures of a plan in force are going: the word of owners and coordinators, with its history."""
