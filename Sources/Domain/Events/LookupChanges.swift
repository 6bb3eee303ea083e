/// What one event does to the keys by which a customer is found.
package struct LookupChanges: Hashable, Sendable {
  package var phone: Change
  package var ref: Change

  package enum Change: Hashable, Sendable {
    case kept
    case cleared
    case set(LookupKey)
  }

  package init(phone: Change = .kept, ref: Change = .kept) {
    self.phone = phone
    self.ref = ref
  }

  /// What a change of personal fields does to the keys; `key` hashes the new value of a field.
  package init(personal: PersonalFields, key: (PersonalField, String) -> LookupKey) {
    func change(_ field: PersonalField) -> Change {
      guard let value = personal[field] else { return .kept }
      return value.isEmpty ? .cleared : .set(key(field, value))
    }
    self.init(phone: change(.phone), ref: change(.ref))
  }
}
