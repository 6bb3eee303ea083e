package import Domain
import EventLog
import Projections

/// What the log knows of one person, over all customers they have been.
package struct PersonReport: Sendable {
  /// The customer, and after them those who were merged into them.
  package let customers: [CustomerID]
  /// Every value of every field, in the order of the log; empty where it was cleared.
  package let values: [Value]
  /// By customer, in the order in which they began.
  package let tenures: [(customer: CustomerID, tenure: Tenure)]
  /// Names of files that told of them, in the order of the log.
  package let files: [String]
  package let events: [PublicEvent]
  package let position: Int64

  package struct Value: Sendable {
    package let customer: CustomerID
    package let field: PersonalField
    package let text: String
    package let event: RecordedEvent
  }
}

extension Ledger {
  /// Gathers everything known of a person; of who has been erased, what is left.
  package func report(
    on id: CustomerID, by caller: Caller
  ) async throws(Problem) -> PersonReport {
    let state = try state(for: caller, .customersExport)
    let customer = try state.current(id)
    let customers = [customer] + state.mergedAway(into: customer)
    var seqs: Set<Int64> = []
    var tenures: [(customer: CustomerID, tenure: Tenure)] = []
    for part in customers {
      tenures += try await self.tenures(of: part, by: caller).map { (part, $0) }
      let page = try await views.reader.changes(
        ChangeQuery(customer: part, order: .oldest, limit: .max))
      seqs.formUnion(page.seqs)
    }
    let events = try log.events(seqs: seqs.sorted())
    var values: [PersonReport.Value] = []
    var files: [String] = []
    for event in events {
      if let file = try event.parsedData()["source"]?["import"]?.string, !files.contains(file) {
        files.append(file)
      }
      guard event.type.isSealed, let part = event.customer else { continue }
      for (field, text) in try log.personal(seq: event.seq).sorted(by: { $0.key < $1.key }) {
        values.append(.init(customer: part, field: field, text: text, event: event))
      }
    }
    return PersonReport(
      customers: customers, values: values, tenures: tenures, files: files,
      events: events.map(published), position: state.position)
  }
}
