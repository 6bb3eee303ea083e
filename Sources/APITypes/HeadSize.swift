/// How large the head of a request or an answer may be, in bytes.
package enum HeadSize {
  /// Of the address: the longest filter fits in, percent-encoded, 10,000 characters of up to 4 bytes of
  /// which each becomes 3. An answer repeats it in the link to its next page.
  package static let address = 128 << 10
  /// Of all, and of one field: more than of the address, so that one too long is told from nonsense.
  package static let whole = 160 << 10
}
