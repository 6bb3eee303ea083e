/// The number of a tag: given in order from 1 by the single writer, never changed, never reused.
///
/// Ids stay within 31 bits, since they stand as CloudEvents integers in an event's public form.
package struct TagID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}

/// The number of a customer: given in order from 1 by the single writer, never changed, never reused.
package struct CustomerID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}

/// The number of a webhook: given in order from 1, never used again.
package struct WebhookID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}

/// One customer's one tag: what is applied and removed.
package struct Membership: Hashable, Comparable, Sendable {
  package let tag: TagID
  package let customer: CustomerID

  package init(tag: TagID, customer: CustomerID) {
    self.tag = tag
    self.customer = customer
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.tag, a.customer) < (b.tag, b.customer)
  }
}

/// A keyed hash of a phone or of an external reference, by which a customer is found.
///
/// It is 64 bits of an HMAC-SHA-256 whose key lies beside the customers' keys, so that neither the
/// memory image nor a view tells a phone; the log never contains it (standards.md, "Sealed fields").
package struct LookupKey: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
