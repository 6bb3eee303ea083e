import Foundation
import Testing

/// schema/openapi.yaml names every code that a problem may have, and every parameter of a path.
struct OpenAPITests {
  @Test func `the description has exactly the codes that problems have`() throws {
    let codes =
      try Self.codes(in: "Sources/Domain/Problem+Code.swift")
      + Self.codes(in: "Sources/API/Problems/Rejection.swift")
      + Self.codes(in: "Sources/API/Problems/RequestLimit.swift")
    #expect(codes.count > 40)
    let schema = Self.block("    ProblemCode:", in: try Self.lines("schema/openapi.yaml"))
    let described = Self.block("      enum:", in: schema).compactMap { $0.value(of: "-") }
    #expect(described == Set(codes).sorted())
  }

  @Test func `every segment that a path leaves open is declared for it`() throws {
    let paths = Self.block("paths:", in: try Self.lines("schema/openapi.yaml"))
    let heads = paths.filter { $0.indent == 2 && $0.contains("{") }
    #expect(heads.count > 10)
    for head in heads {
      let declared = Self.block(head, in: paths).compactMap { line in
        Self.components[line.trimmed] ?? line.value(of: "- name:")
      }
      for open in head.matches(of: /{([a-z]+)}/) {
        #expect(declared.contains(String(open.output.1)), "\(head)")
      }
    }
  }

  /// The names of the parameters of paths that stand among the components.
  private static let components = [
    "- {$ref: '#/components/parameters/TagID'}": "id",
    "- {$ref: '#/components/parameters/CustomerID'}": "id",
    "- {$ref: '#/components/parameters/JobID'}": "id",
    "- {$ref: '#/components/parameters/TilePath'}": "rest",
    "- {$ref: '#/components/parameters/OperatorID'}": "id",
    "- {$ref: '#/components/parameters/RoleID'}": "id",
    "- {$ref: '#/components/parameters/CommandID'}": "id",
    "- {$ref: '#/components/parameters/WebhookID'}": "id",
    "- {$ref: '#/components/parameters/SegmentID'}": "id",
  ]

  // MARK: Reading as much of the files as is needed

  private static func lines(_ path: String) throws -> [Substring] {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
      .split(separator: "\n")
  }

  /// The lines that are indented more than their heading, in the block style of the file.
  private static func block(_ heading: Substring, in lines: [Substring]) -> [Substring] {
    guard let start = lines.firstIndex(of: heading) else { return [] }
    return Array(lines[(start + 1)...].prefix { $0.indent > heading.indent })
  }

  /// The texts of `case …: "code"` in a property named `code`.
  private static func codes(in source: String) throws -> [String] {
    block("  package var code: String {", in: try lines(source))
      .compactMap { $0.firstMatch(of: /: "([a-z_.]+)"$/).map { String($0.output.1) } }
  }
}

extension Substring {
  fileprivate var indent: Int {
    prefix { $0 == " " }.count
  }

  fileprivate var trimmed: String {
    String(drop { $0 == " " })
  }

  fileprivate func value(of key: String) -> String? {
    trimmed.hasPrefix(key + " ") ? String(trimmed.dropFirst(key.count + 1)) : nil
  }
}
