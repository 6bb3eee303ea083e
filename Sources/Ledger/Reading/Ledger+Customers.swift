package import Domain
import EventLog
package import Projections

/// A customer as an operator sees them.
package struct CustomerProfile: Sendable {
  package let id: CustomerID
  /// Opened from their sealed fields; empty where the person has been erased.
  package let personal: PersonalFields
  package let channel: String?
  package let revision: Int64
  package let tags: [TagID]
  /// Whom they were merged into, where that is so.
  package let mergedInto: CustomerID?
}

extension Ledger {
  /// What is known of a customer.
  package func profile(_ id: CustomerID, by caller: Caller) throws(Problem) -> CustomerProfile {
    try profiles(of: [id], in: state, by: caller)[0]
  }

  /// What is known of customers, or was known when the log ended with a state of the past; erased fields
  /// stay erased.
  package func profiles(
    of ids: [CustomerID], in state: State, by caller: Caller
  ) throws(Problem) -> [CustomerProfile] {
    _ = try self.state(for: caller, .customersRead)
    for id in ids where id.rawValue < 1 || id.rawValue > state.lastCustomer {
      throw .customerNotFound("\(id.rawValue)")
    }
    let opened = try log.personal(of: ids, through: state.position, keepingKeys: true)
    return zip(ids, opened).map { id, personal in
      CustomerProfile(
        id: id, personal: personal, channel: state.channel(of: id),
        revision: state.revision(of: id), tags: state.tags(of: id), mergedInto: state.merged(id))
    }
  }

  /// The directory: by part of the name, in the order of names or of numbers.
  package func customers(
    _ query: CustomerQuery, by caller: Caller
  ) async throws(Problem) -> CustomerPage {
    _ = try state(for: caller, .customersRead)
    await waitForViews()
    return try await views.reader.customers(query)
  }

  /// The customer who has a phone, in any of its usual spellings.
  package func customer(
    phone text: String, region: String = "BR"
  ) throws(Problem) -> CustomerID? {
    let phone = try PhoneNumber(text, defaultRegion: region)
    return state.customer(phone: log.lookupKey(.phone, phone.e164))
  }

  /// The customer who has a reference in another system.
  package func customer(ref: String) -> CustomerID? {
    state.customer(ref: log.lookupKey(.ref, ref))
  }

  /// Since when and why a customer has, or had, each tag; in the order in which they got them.
  package func tenures(
    of customer: CustomerID, by caller: Caller
  ) async throws(Problem) -> [Tenure] {
    _ = try state(for: caller, .customersRead)
    await waitForViews()
    let page = try await views.reader.changes(
      ChangeQuery(customer: customer, order: .oldest, limit: .max))
    return try Tenure.tenures(of: customer, from: log.events(seqs: page.seqs))
  }

  /// Checks what is told of a customer, and finds the keys by which they will be found.
  ///
  /// - Parameter personal: as typed; the phone in any usual spelling, lists an entry a line.
  package func draft(
    personal: PersonalFields, channel: String?, region: String = "BR"
  ) throws(Problem) -> CustomerDraft {
    var personal = personal
    if let text = personal[.phone], !text.isEmpty {
      personal[.phone] = try PhoneNumber(text, defaultRegion: region).e164
    }
    func key(_ field: PersonalField) -> LookupKey? {
      guard let value = personal[field], !value.isEmpty else { return nil }
      return log.lookupKey(field, value)
    }
    return CustomerDraft(
      personal: personal, channel: channel, lookups: Lookups(phone: key(.phone), ref: key(.ref)))
  }
}
