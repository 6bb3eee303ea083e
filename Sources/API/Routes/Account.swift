import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// In what amounts are kept, and how files of orders are read.
extension API {
  static let accountRoutes = [
    Route(.get, "/v1/account", needs: .customersRead) { api, exchange in
      try exchange.query().only([])
      return try Response(json: AccountDocument(api.read(exchange)))
    },
    Route(.patch, "/v1/account", needs: .serviceManage) { try await $0.reviseAccount($1) },
    Route(.get, "/v1/mappings", needs: .customersRead) { api, exchange in
      try exchange.query().only([])
      let state = api.read(exchange)
      return try exchange.answer(
        List(
          items: state.importMappings.map(MappingDocument.init), next: nil,
          position: state.position))
    },
    Route(.post, "/v1/mappings", needs: .customersImport) { try await $0.saveMapping($1) },
    Route(.delete, "/v1/mappings/{name}", needs: .customersImport) {
      try await $0.removeMapping($1)
    },
  ]

  private func reviseAccount(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["currency", "reason", "dry_run"])
    let receipt = try await submit(
      .reviseAccount(currency: try body.requiredText("currency")), exchange, body)
    return try Response(
      json: AccountReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        account: AccountDocument(receipt.preview ?? ledger.state)))
  }

  private func saveMapping(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["name", "kind", "columns", "options", "reason", "dry_run"])
    let kind = try body.filledText("kind") ?? "orders"
    guard ImportKind(rawValue: kind) != nil else {
      throw Problem.parameterUnreadable(
        name: "kind", value: kind,
        expected: .written(ImportKind.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    let columns = try body.dictionary("columns") ?? [:]
    for field in columns.keys where ImportField(rawValue: field) == nil {
      throw Problem.parameterUnreadable(
        name: "columns", value: field,
        expected: .written(ImportField.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    let mapping = ImportMapping(
      name: try body.requiredText("name"), kind: kind, columns: columns,
      options: try body.dictionary("options") ?? [:])
    return try answer(try await submit(.saveMapping(mapping), exchange, body), mapping)
  }

  private func removeMapping(_ exchange: Exchange) async throws -> Response {
    let mapping = try read(exchange).mapping(named: exchange.captures[0])
    return try answer(
      try await submit(Order(.removeMapping(mapping.name), by: exchange.caller), exchange),
      mapping)
  }

  private func answer(_ receipt: LedgerReceipt, _ mapping: ImportMapping) throws -> Response {
    try Response(
      json: MappingReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        mapping: MappingDocument(mapping)))
  }
}

extension AccountDocument: Writable {
  init(_ state: State) {
    self.init(
      currency: state.facts.currency,
      decimals: Currency(recorded: state.facts.currency).digits,
      fixed: state.facts.hasAmounts)
  }
}

extension AccountReceipt: Writable {}
extension MappingReceipt: Writable {}

extension MappingDocument: Listed {
  static let columns = ["name", "kind", "columns", "options"]

  var cells: [String] {
    func text(_ values: [String: String]) -> String {
      values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    return [name, kind, text(headings), text(options)]
  }

  init(_ mapping: ImportMapping) {
    self.init(
      name: mapping.name, kind: mapping.kind, headings: mapping.columns, options: mapping.options)
  }
}
