/// Has the cache line of an address fetched, without waiting for it; nothing happens where the address is
/// none. Swift has no word for it.
///
/// Into the second cache: the first takes few lines at a time, and whoever asks it for more waits.
/// https://gcc.gnu.org/onlinedocs/gcc/Other-Builtins.html (__builtin_prefetch)
static inline void tagledger_prefetch(const void *address) {
  __builtin_prefetch(address, 0, 2);
}
