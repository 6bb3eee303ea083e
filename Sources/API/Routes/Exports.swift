import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore

extension API {
  static let exportRoutes = ImportKind.exported.map { kind in
    Route(.get, "/v1/exports/\(kind.rawValue)", needs: .customersExport) {
      try await $0.export($1, kind)
    }
  }

  /// A spreadsheet as it is made: what has been written so far is all that is held.
  ///
  /// Headings and, unless it is given, the delimiter are those of the reader's language (F4).
  private func export(_ exchange: Exchange, _ kind: ImportKind) async throws -> Response {
    let query = try exchange.query()
    var names: Set = ["delimiter", "excel", "tag", "as_of"]
    if kind != .history { names.insert("filter") }
    if kind == .customers { names.insert("columns") }
    try query.only(names)
    let sight = try await sight(exchange, query)
    var customers: CustomerSet?
    if let filter = query.given("filter") {
      customers = try await finding(filter, exchange, query, sight, as: .export).customers()
    }
    let tag = try query.id("tag").map { TagID($0) }
    if let tag, sight.past == nil, let found = try? sight.state.current(tag) {
      ledger.noteUse(of: [found.id], .export)
    }
    let language = exchange.language
    let request = ExportRequest(
      kind: kind, tag: tag, customers: customers,
      columns: try query["columns"].map { (text) throws(Problem) in
        try FilterColumn.columns(text)
      },
      delimiter: query["delimiter"] ?? (language == .en ? "comma" : "semicolon"),
      forExcel: try query.flag("excel"),
      language: ExportLanguage(rawValue: language.rawValue) ?? .english)
    let export = try await ledger.export(
      request, by: exchange.caller, asOf: sight.past == nil ? nil : sight.state,
      at: try sight.past.map { try time(of: $0, query) })
    var headers: HTTPFields = .type(MediaType.csv)
    headers[.contentDisposition] = "attachment; filename=\"\(kind.rawValue).csv\""
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        for try await bytes in export { try await writer.write(ByteBuffer(bytes: bytes)) }
        try await writer.finish(nil)
      }
    ).asOf(sight.past)
  }
}
