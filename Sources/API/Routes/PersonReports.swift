import APITypes
import Domain
import HummingbirdCore
import Ledger

extension API {
  /// Who has read what is not recorded, so the report does not tell it.
  func reportCustomer(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let id = try ledger.state.current(try exchange.customer())
    let report = try await ledger.report(on: id, by: exchange.caller)
    let document = try await documents(of: [id], by: exchange.caller)[0]
    let state = ledger.state
    let values = Dictionary(grouping: report.values, by: \.field)
    return try Response(
      json: CustomerReport(
        made: Timestamp.wallClock().text, position: report.position, origin: ledger.origin,
        customer: document, merged: report.customers.dropFirst().map(\.rawValue),
        fields: values.sorted { $0.key < $1.key }.map { field, values in
          .init(field: field.rawValue, values: values.map(CustomerReport.Value.init))
        },
        tags: report.tenures.map { customer, tenure in
          APITypes.Tenure(
            tenure,
            tag: state.tag(tenure.tag).map(Reference.init)
              ?? Reference(id: tenure.tag.rawValue, name: nil),
            customer: Reference(id: customer.rawValue, name: document.name))
        },
        files: report.files,
        events: try report.events.map { JSONValue(try JSON(parsing: $0.form)) }))
  }
}

extension CustomerReport: Writable {}

extension CustomerReport.Value {
  init(_ value: PersonReport.Value) {
    self.init(
      customer: value.customer.rawValue, seq: value.event.seq, at: value.event.at.text,
      actor: value.event.actor.name, value: value.text.isEmpty ? nil : value.text)
  }
}
