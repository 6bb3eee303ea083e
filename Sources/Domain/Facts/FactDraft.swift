/// A fact as somebody tells it, before it is held against the state.
package struct FactDraft: Hashable, Sendable {
  package var fact: Fact
  /// Nil only where the fact is about no customer.
  package var customer: RowCustomer?
  /// When it happened; absent, it happened now.
  package var occurred: Timestamp?
  /// The currency of its amounts; absent, that of the account.
  package var currency: String?
  /// How much of the account's currency one of `currency` is worth, in decimals: "5.4321".
  package var rate: String?

  package init(
    _ fact: Fact, of customer: RowCustomer?, occurred: Timestamp? = nil, currency: String? = nil,
    rate: String? = nil
  ) {
    self.fact = fact
    self.customer = customer
    self.occurred = occurred
    self.currency = currency
    self.rate = rate
  }
}

extension FactKey {
  /// Stands for an id: 64 bits of it, mixed so that ids which hardly differ do not meet.
  ///
  /// It is the same in every run, and only ever compared within one customer's facts of one kind,
  /// where one in some 10¹⁹ pairs meets by accident.
  package init(_ id: String) {
    // FNV-1a over the bytes, then the finaliser of SplitMix64.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    self.init(rawValue: hash ^ (hash >> 31))
  }
}

extension Timestamp {
  /// Stands for "not known" in columns: later than any time that is told.
  static let never = Timestamp(microseconds: .max)
}
