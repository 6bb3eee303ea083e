import Domain

/// What somebody says of a file that they import; the rest is found out from the file.
package struct ImportRequest: Sendable {
  package var kind: ImportKind
  /// The file's name, kept as the source of every event that follows from it.
  package var file: String
  /// Field to heading, where the headings do not say it.
  package var columns: [ImportField: String]
  package var createsTags: Bool
  package var createsCustomers: Bool
  /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`; nil to find out.
  package var encoding: String?
  /// `comma`, `semicolon` or `tab`; nil to find out.
  package var delimiter: String?
  /// The region of phone numbers without a country code.
  package var region: String
  package var reason: String?
  /// Read and decide every row, but record nothing.
  package var dryRun: Bool
  /// The language of the failures file: `en`, `fr` or `pt`.
  package var language = "en"
  /// The order of `dates` such as 1/12/2010 (`dmy` or `mdy`), and the time `zone` of those that say
  /// none; of orders also the `currency` of the amounts and its `rate`, and what the numbers of
  /// `returns` begin with.
  package var options: [String: String] = [:]

  package init(
    kind: ImportKind, file: String, columns: [ImportField: String] = [:],
    createsTags: Bool = false, createsCustomers: Bool = false, encoding: String? = nil,
    delimiter: String? = nil, region: String = "BR", reason: String? = nil, dryRun: Bool = false
  ) {
    self.kind = kind
    self.file = file
    self.columns = columns
    self.createsTags = createsTags
    self.createsCustomers = createsCustomers
    self.encoding = encoding
    self.delimiter = delimiter
    self.region = region
    self.reason = reason
    self.dryRun = dryRun
  }
}

// MARK: - Over a restart

extension ImportRequest {
  var json: JSON {
    .object([
      "kind": .string(kind.rawValue), "file": .string(file),
      "columns": .object(
        Dictionary(uniqueKeysWithValues: columns.map { ($0.rawValue, .string($1)) })),
      "creates_tags": .bool(createsTags), "creates_customers": .bool(createsCustomers),
      "encoding": encoding.map { .string($0) } ?? .null,
      "delimiter": delimiter.map { .string($0) } ?? .null, "region": .string(region),
      "reason": reason.map { .string($0) } ?? .null, "dry_run": .bool(dryRun),
      "language": .string(language), "options": .object(options.mapValues(JSON.string)),
    ])
  }

  init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(ImportKind.init),
      let file = json["file"]?.string, let region = json["region"]?.string
    else { return nil }
    self.init(kind: kind, file: file, region: region)
    if case .object(let members)? = json["columns"] {
      for (key, value) in members {
        if let field = ImportField(rawValue: key) { columns[field] = value.string }
      }
    }
    createsTags = json["creates_tags"] == .bool(true)
    createsCustomers = json["creates_customers"] == .bool(true)
    encoding = json["encoding"]?.string
    delimiter = json["delimiter"]?.string
    reason = json["reason"]?.string
    dryRun = json["dry_run"] == .bool(true)
    language = json["language"]?.string ?? language
    options = json["options"]?.object?.compactMapValues(\.string) ?? [:]
  }
}
