import Foundation
import Testing

/// Documents that keep pace with the tree.
struct DocumentTests {
  private static let pages =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].filter(SourceTree.exists)
    + SourceTree.files(under: "docs", suffix: ".md") + SourceTree.files(under: "ops", suffix: ".md")

  @Test(arguments: pages)
  func `every link to a file leads somewhere`(page: String) throws {
    let folder = page.split(separator: "/").dropLast().joined(separator: "/")
    for match in try SourceTree.text(page).matches(of: /\]\(([^)#\s]+)(#[^)\s]*)?\)/) {
      let target = String(match.output.1)
      guard !target.contains(":") else { continue }
      let path = URL(filePath: "/" + folder).appending(path: target).standardizedFileURL.path
      #expect(SourceTree.exists(String(path.dropFirst())), "\(page) links to \(target)")
    }
  }

  @Test func `every schema file is used by a module or named by a document`() throws {
    let readers =
      SourceTree.files(under: "Sources") + SourceTree.files(under: "Tests")
      + SourceTree.files(under: "docs") + ["Package.swift", "CONTRIBUTING.md", "README.md"]
    let texts = readers.compactMap { try? SourceTree.text($0) }.joined()
    for file in SourceTree.files(under: "schema") where !file.hasSuffix(".md") {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      // Resources in code have an identifier for a name: no dot, no leading digit.
      let identifier = name.replacing(".", with: "_")
      let digitless = name.first?.isNumber == true ? "_" + identifier.dropFirst() : identifier
      let isUsed = [name, "PackageResources.\(digitless)", folder + "/"].contains(
        where: texts.contains)
      #expect(isUsed, "nobody reads \(file)")
    }
  }

  @Test func `every upgrade of a schema has a page with its reason`() {
    for file in SourceTree.files(under: "schema/upgrades", suffix: ".sql") {
      #expect(SourceTree.exists(file.dropLast(3) + "md"), "\(file) has no page")
    }
  }

  @Test func `every decision is in the index`() throws {
    let index = try SourceTree.text("docs/decisions/README.md")
    for file in SourceTree.files(under: "docs/decisions", suffix: ".md") {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      guard name != "README.md" else { continue }
      #expect(name.prefix(4).allSatisfy { $0.isNumber }, "\(file) has no number")
      #expect(index.contains("(\(name))"), "\(file) is not in the index")
    }
  }

  /// Keep a Changelog 1.1: an Unreleased section, then versions, newest first, in known groups.
  @Test func `the changelog keeps its form`() throws {
    let text = try SourceTree.text("CHANGELOG.md")
    #expect(text.hasPrefix("# Changelog\n"))
    let sections = text.matches(of: /(?m)^## (.*)$/).map { String($0.output.1) }
    #expect(sections.first == "[Unreleased]")
    for section in sections.dropFirst() {
      #expect(section.wholeMatch(of: /\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d/) != nil, "## \(section)")
    }
    let known: Set = [
      "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Upgrade",
    ]
    for group in text.matches(of: /(?m)^### (.*)$/).map({ String($0.output.1) }) {
      #expect(known.contains(group), "### \(group)")
    }
  }
}
