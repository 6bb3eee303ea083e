import Domain
import Foundation
import HTTPTypes
import Testing

@testable import API

/// schema/openapi.yaml says what there is, no more and no less.
struct DescriptionTests {
  private static let lines: [Substring] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("schema/openapi.yaml")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n", omittingEmptySubsequences: false)
  }()

  /// The operations that the file describes, by their place in it.
  private static var described: Set<String> {
    let methods: Set = ["get:", "post:", "patch:", "put:", "delete:"]
    var path: Substring?
    var found: Set<String> = []
    for line in lines {
      if line.hasPrefix("  /"), line.hasSuffix(":") {
        path = line.dropFirst(2).dropLast()
      } else if line.first.map({ $0 != " " }) == true {
        path = nil
      } else if let path, line.hasPrefix("    "), methods.contains(String(line.dropFirst(4))) {
        found.insert("\(line.dropFirst(4).dropLast().uppercased()) \(path)")
      }
    }
    return found
  }

  @Test func `the table of routes and the description name the same`() {
    let served = Set(API.routes.map { "\($0.method.rawValue) \($0.path)" })
    // An import or an export is one route for each subject.
    #expect(served.subtracting(Self.described) == [])
    #expect(Self.described.subtracting(served) == [])
    #expect(served.count == API.routes.count)
  }

  @Test func `the table of routes is sorted`() {
    let paths = API.routes.map(\.path)
    #expect(paths == paths.sorted())
  }

  @Test func `every type of event is described`() {
    for type in EventType.allCases {
      #expect(Self.lines.contains { $0.hasSuffix("- \(type.name)") }, "\(type.name)")
    }
  }

  @Test func `operations have names of their own`() {
    let names = Self.lines.filter { $0.contains("operationId:") }
    #expect(Set(names).count == names.count)
    #expect(names.count == API.routes.count)
  }
}
