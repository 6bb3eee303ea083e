package import Domain

/// How a log is opened.
package struct LogOptions: Sendable {
  /// The ledger's name in every public form; nil makes one at first start. Fixed from then on.
  package var origin: String?
  /// Where the key-encryption key lies; nil means `key` in the data directory.
  package var keyFile: String?
  /// Where the secret lies that checkpoints are signed with; nil means `signing.key` in the data
  /// directory.
  package var signingKeyFile: String?
  /// Where checkpoints go besides the file `checkpoints`.
  package var secondPlace: SecondPlace?
  /// What becomes of a log that is not what was signed.
  package var continuing: Continuing
  /// A log of at most so many events is verified whole when it is opened.
  package var verifiesWholeUpTo: Int64
  /// Of a longer one, the newest so many; `Log.verify` does the rest.
  package var verifiesNewest: Int64
  /// How many hours a request with an `Idempotency-Key` is known again, at least.
  package var remembersRequestsFor: Int

  package init(
    origin: String? = nil, keyFile: String? = nil, signingKeyFile: String? = nil,
    secondPlace: SecondPlace? = nil, continuing: Continuing = .asSigned,
    verifiesWholeUpTo: Int64 = 200_000, verifiesNewest: Int64 = 100_000,
    remembersRequestsFor: Int = 48
  ) {
    self.remembersRequestsFor = remembersRequestsFor
    self.origin = origin
    self.keyFile = keyFile
    self.signingKeyFile = signingKeyFile
    self.secondPlace = secondPlace
    self.continuing = continuing
    self.verifiesWholeUpTo = verifiesWholeUpTo
    self.verifiesNewest = verifiesNewest
  }
}

/// Whether a log may go on that is not what was signed of it, as after restoring an older copy.
package enum Continuing: Sendable {
  /// Such a log is opened for reading only.
  case asSigned
  /// Whatever was signed, the log goes on as it is: under another name (nil: a random one), from an
  /// event `ledger.continued` recorded at this time, which cites what was signed last.
  case underNewOrigin(String?, at: Timestamp)

  package var isNewOrigin: Bool {
    if case .underNewOrigin = self { true } else { false }
  }
}
