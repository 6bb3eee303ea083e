import HashTreeCollections

/// The keys by which customers are found, as the directory has them: gathered apart from the state, so
/// that this may be done while the log is replayed.
package struct LookupIndex: Sendable {
  fileprivate var phones: TreeDictionary<LookupKey, CustomerID> = [:]
  fileprivate var refs: TreeDictionary<LookupKey, CustomerID> = [:]

  package init() {}

  package mutating func add(_ customer: CustomerID, phone: LookupKey?, ref: LookupKey?) {
    if let phone { phones[phone] = customer }
    if let ref { refs[ref] = customer }
  }
}

extension State {
  /// Takes over all keys from the directory, after a replay that opened no field and so knows none.
  ///
  /// The directory may know customers who are beyond the end of a damaged log; they are left out.
  package mutating func adopt(_ lookups: LookupIndex) {
    let known = 0..<customers.count
    phones = lookups.phones
    refs = lookups.refs
    for (key, customer) in lookups.phones {
      if known.contains(customer.index) {
        customers[customer.index].phone = key.rawValue
      } else {
        phones[key] = nil
      }
    }
    for (key, customer) in lookups.refs {
      if known.contains(customer.index) {
        customers[customer.index].ref = key.rawValue
      } else {
        refs[key] = nil
      }
    }
  }
}
