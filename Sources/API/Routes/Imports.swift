import APITypes
import Domain
import Foundation
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore

extension API {
  static let importRoutes = ImportKind.allCases.map { kind in
    Route(.post, "/v1/imports/\(kind.rawValue)", needs: .customersImport, streams: true) {
      try await $0.importFile($1, kind)
    }
  }

  /// What can be said of a file of any kind.
  private static let parameters: Set = [
    "file", "columns", "create_tags", "create_customers", "encoding", "delimiter",
    "default_region", "reason", "dry_run", "mapping", "save_as",
  ]

  private func importFile(_ exchange: Exchange, _ kind: ImportKind) async throws -> Response {
    let query = try exchange.query()
    try query.only(Self.parameters.union(kind.options))
    var request = ImportRequest(kind: kind, file: query["file"] ?? "upload")
    request.columns = try Self.columns(query["columns"] ?? "")
    request.createsTags = try query.flag("create_tags")
    request.createsCustomers = try query.flag("create_customers")
    request.encoding = query["encoding"]
    request.delimiter = query["delimiter"]
    request.region = query["default_region"] ?? request.region
    request.reason = query["reason"]
    request.dryRun = try query.flag("dry_run")
    request.language = exchange.language.rawValue
    try await takeMapping(query, into: &request, exchange)
    let upload = ledger.newUpload()
    do {
      let digest = try await Self.write(exchange, to: upload)
      let settled = request
      return try await once(exchange, digest) { exchange in
        try accepted(
          try ledger.startImport(
            settled, upload: upload, by: exchange.caller, key: exchange.keyed?.key), exchange)
      }
    } catch {
      try? FileManager.default.removeItem(at: upload)
      throw error
    }
  }

  /// What the options of its kind say, and a mapping that was saved or is to be.
  private func takeMapping(
    _ query: Query, into request: inout ImportRequest, _ exchange: Exchange
  ) async throws {
    if let name = query["mapping"] {
      let saved = try read(exchange).mapping(named: name)
      request.options = saved.options.filter { request.kind.options.contains($0.key) }
      for (field, heading) in saved.columns {
        if let field = ImportField(rawValue: field), request.columns[field] == nil {
          request.columns[field] = heading
        }
      }
    }
    for name in request.kind.options {
      if let value = query.given(name) { request.options[name] = value }
    }
    if let dates = request.options["dates"], dates != "dmy" && dates != "mdy" {
      throw Problem.parameterUnreadable(name: "dates", value: dates, expected: "dmy, mdy")
    }
    if let zone = request.options["zone"] { _ = try ledger.routines.zones.offset(in: zone) }
    guard let name = query["save_as"], !request.dryRun else { return }
    let mapping = ImportMapping(
      name: name, kind: request.kind.rawValue,
      columns: Dictionary(
        uniqueKeysWithValues: request.columns.map { ($0.key.rawValue, $0.value) }),
      options: request.options)
    _ = try await ledger.submit(Order(.saveMapping(mapping), by: exchange.caller))
  }

  /// Reads `name:Nome,phone:Telefone`. A heading may have commas: what does not begin with a field
  /// and a colon belongs to the heading before.
  static func columns(_ text: String) throws(Problem) -> [ImportField: String] {
    var columns: [ImportField: String] = [:]
    var last: ImportField?
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let halves = piece.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if halves.count == 2, let field = ImportField(rawValue: halves[0].trimmingSpaces()) {
        columns[field] = halves[1].trimmingSpaces()
        last = field
      } else if let last {
        columns[last]! += "," + piece
      } else if !piece.isEmpty {
        throw .parameterUnreadable(
          name: "columns", value: text,
          expected: .written(ImportField.allCases.map(\.rawValue).joined(separator: ", ")))
      }
    }
    return columns
  }

  /// Writes what comes, and returns the digest of it all where the request has a key.
  private static func write(_ exchange: Exchange, to upload: URL) async throws -> RequestDigest {
    var digest = exchange.digest
    let limit = exchange.limits.uploadBytes
    guard
      FileManager.default.createFile(
        atPath: upload.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw Problem.storageFailed("an upload cannot be written") }
    let file = try FileHandle(forWritingTo: upload)
    defer { try? file.close() }
    var size = 0
    for try await part in exchange.request.body {
      size += part.readableBytes
      guard size <= limit else { throw Problem.bodyTooLarge(limit: limit) }
      if exchange.keyed != nil { digest.add(Array(part.readableBytesView)) }
      do {
        try file.write(contentsOf: Data(part.readableBytesView))
      } catch CocoaError.fileWriteOutOfSpace {
        throw Problem.storageFull
      } catch {
        throw Problem.storageFailed("\(error)")
      }
    }
    return digest
  }
}
