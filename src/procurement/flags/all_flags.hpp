// procurement/flags/all_flags.hpp: the list of red flags. One line per folder, in the order of the answers.
// Used with a macro: #define ADAL_FLAG(CODE) … before, #undef after. tools/new_flag.py adds a line.
ADAL_FLAG(R003)
ADAL_FLAG(R018)
ADAL_FLAG(R031)
