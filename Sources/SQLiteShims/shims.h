#include <sqlite3.h>

/// Lets SQLite keep no statistics of its memory, which must be said before the first database is opened;
/// nothing happens when it comes too late.
///
/// The statistics stand behind one lock for the whole process, taken at each allocation: threads that work
/// on databases of their own would wait for each other there. Swift cannot call a variadic function.
/// https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus
static inline int tagledger_sqlite_keep_no_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
