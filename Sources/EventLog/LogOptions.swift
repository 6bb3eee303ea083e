/// How a log is opened.
package struct LogOptions: Sendable {
  /// The ledger's name in every public form; nil makes one at first start. Fixed from then on.
  package var origin: String?
  /// Where the key-encryption key lies; nil means `key` in the data directory.
  package var keyFile: String?
  /// A log of at most so many events is verified whole when it is opened.
  package var verifiesWholeUpTo: Int64
  /// Of a longer one, the newest so many; `Log.verify` does the rest.
  package var verifiesNewest: Int64

  package init(
    origin: String? = nil, keyFile: String? = nil, verifiesWholeUpTo: Int64 = 200_000,
    verifiesNewest: Int64 = 100_000
  ) {
    self.origin = origin
    self.keyFile = keyFile
    self.verifiesWholeUpTo = verifiesWholeUpTo
    self.verifiesNewest = verifiesNewest
  }
}
