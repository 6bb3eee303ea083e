/// Has the cache line of an address fetched, without waiting for it; nothing happens where the address is
/// none. Swift has no word for it.
/// https://gcc.gnu.org/onlinedocs/gcc/Other-Builtins.html (__builtin_prefetch)
static inline void tagledger_prefetch(const void *address) {
  __builtin_prefetch(address);
}
