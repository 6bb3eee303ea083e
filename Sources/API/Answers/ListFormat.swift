import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Spreadsheet

/// How a list is written, as `Accept` asks for.
enum ListFormat: Sendable {
  case json
  case csv
  case ndjson

  init(accepting header: String?) {
    self = .json
    guard let header else { return }
    for part in header.split(separator: ",") {
      switch part.prefix(while: { $0 != ";" }).trimmingSpaces().lowercased() {
      case MediaType.csv: self = .csv
      case MediaType.ndjson, "application/ndjson", "application/jsonl": self = .ndjson
      case MediaType.json, "*/*": self = .json
      default: continue
      }
      return
    }
  }
}

/// What can stand in a list: as an object, and as a row under headings.
protocol Listed: Writable {
  /// Headings are formats, in English whatever the language of the answer.
  static var columns: [String] { get }
  var cells: [String] { get }
  /// What one has to be allowed besides to take a list of them away as lines or rows; nil where
  /// whoever reads it may.
  static var exportPermission: Permission? { get }
}

extension Listed {
  static var exportPermission: Permission? { nil }
}

/// One page of a list on its way out.
struct List<Item: Listed> {
  var items: [Item]
  var next: Cursor?
  var position: Int64
  /// The moment of the past that it tells of; nil for now.
  var past: Instant?
}

extension HTTPField.Name {
  /// How far the log was known to an answer that has no other place to say so.
  static let position = Self("Tagledger-Position")!
  static let link = Self("Link")!
  static let leaf = Self("Tagledger-Leaf")!
}

extension Exchange {
  func answer<Item>(_ list: List<Item>) throws -> Response {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 + list.items.count * 300)
    let type: String
    let format = ListFormat(accepting: request.headers[.accept])
    if format != .json, let permission = Item.exportPermission { try require(permission) }
    switch format {
    case .json:
      type = MediaType.json
      try write(list, to: &bytes)
    case .ndjson:
      type = MediaType.ndjson
      for item in list.items {
        try item.write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    case .csv:
      type = MediaType.csv + "; charset=utf-8; header=present"
      var writer = CSVWriter()
      writer.write(Item.columns, to: &bytes)
      for item in list.items { writer.write(item.cells, to: &bytes) }
    }
    var response = Response(bytes: bytes, type: type)
    response.headers[.position] = "\(list.position)"
    if let next = list.next { response.headers[.link] = "<\(link(to: next))>; rel=\"next\"" }
    return response.asOf(list.past)
  }

  private func write<Item>(_ list: List<Item>, to bytes: inout [UInt8]) throws {
    bytes += "{\"items\":[".utf8
    for (index, item) in list.items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      try item.write(to: &bytes)
    }
    bytes += "],\"next\":".utf8
    if let next = list.next {
      JSON.write(next.description, to: &bytes)
    } else {
      bytes += "null".utf8
    }
    bytes += ",\"position\":\(list.position)".utf8
    if let past = list.past {
      bytes += ",\"as_of\":".utf8
      past.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The same request with another cursor.
  private func link(to cursor: Cursor) -> String {
    let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }
    return request.uri.path + "?" + (kept + ["cursor=\(cursor)"]).joined(separator: "&")
  }
}

/// What every list takes.
struct Paging: Sendable {
  static let names: Set = ["limit", "cursor"]

  let limit: Int
  private let list: Cursor.List
  private let filter: UInt32
  /// Where the page begins; nil for the first.
  let after: Int64?

  /// - Parameter parameters: those that have to stay the same from page to page.
  init(_ query: Query, of list: Cursor.List, most: Int, filter parameters: [String]) throws {
    limit = Int(try query.integer("limit", in: 1...Int64(most)) ?? Int64(min(50, most)))
    self.list = list
    filter = Cursor.filter(parameters.map { query[$0] })
    guard let text = query["cursor"] else {
      after = nil
      return
    }
    guard let cursor = Cursor(text), cursor.list == list, cursor.filter == filter else {
      throw Rejection.cursorUnreadable
    }
    after = cursor.position
  }

  func cursor(_ position: Int64) -> Cursor {
    Cursor(list: list, filter: filter, position: position)
  }
}
