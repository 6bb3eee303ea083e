import Domain
import EventLog
import Foundation
import Spreadsheet

extension Jobs {
  /// What was found of a person in the files of jobs.
  struct Scrubbed {
    /// Rows taken out of failures files.
    var rows = 0
    /// Imports that had stopped half-way: their files are gone, and they cannot go on.
    var inputs: [String] = []
  }

  /// Takes a person out of what ended imports have left: failures files lose their rows, and a file
  /// that an import could still go on with is removed whole.
  ///
  /// - Parameter line: what stands in the place of a row that is taken out: a code and words.
  func scrub(
    _ matcher: PersonMatcher, line: (_ language: String) -> (code: String, why: String)
  ) throws(Problem) -> Scrubbed {
    var scrubbed = Scrubbed()
    guard !matcher.isEmpty else { return scrubbed }
    for file in try Self.files(in: directory) {
      let id = Self.job(of: file)
      // Of a job whose own file does not read, the others are looked through all the same.
      let job = try? job(id)
      switch file.pathExtension {
      case "csv":
        let language = job?.parameters["language"]?.string ?? "en"
        scrubbed.rows += try scrubFailures(file, matcher, line(language))
      case "input" where job?.kind.isImport ?? true:
        guard try names(file, of: job, matcher) else { continue }
        try Self.overwrite(file) { try FileManager.default.removeItem(at: file) }
        scrubbed.inputs.append(id)
      default: break
      }
    }
    return scrubbed
  }

  private func scrubFailures(
    _ url: URL, _ matcher: PersonMatcher, _ line: (code: String, why: String)
  ) throws(Problem) -> Int {
    guard let data = try? Data(contentsOf: url) else { return 0 }
    var reader = CSVReader()
    let rows = reader.feed(data) + reader.finish()
    var bytes: [UInt8] = []
    var writer = CSVWriter(.comma)
    var count = 0
    for (index, row) in rows.enumerated() {
      guard index > 0, matcher.names(row: Array(row.fields.dropFirst())) else {
        writer.write(row.fields, to: &bytes)
        continue
      }
      count += 1
      let blanks = repeatElement("", count: max(0, row.fields.count - 3))
      writer.write([row.fields.first ?? "", line.code, line.why] + blanks, to: &bytes)
    }
    guard count > 0 else { return 0 }
    do {
      let draft = url.appendingPathExtension("new")
      try Data(bytes).write(to: draft)
      try Self.sync(draft)
      try Self.overwrite(url) {
        guard rename(draft.path, url.path) == 0 else { throw Files.failed(url.path) }
      }
    } catch {
      throw error as? Problem ?? .storageFailed("\(error)")
    }
    return count
  }

  /// Whether the file that an import has not finished names the person.
  private func names(_ url: URL, of job: Job?, _ matcher: PersonMatcher) throws(Problem) -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: url) else { return false }
    defer { try? handle.close() }
    let request = job.flatMap { ImportRequest(json: $0.parameters) }
    var reader = try request?.reader() ?? SpreadsheetReader()
    while true {
      guard let piece = try? handle.read(upToCount: 65_536), !piece.isEmpty else {
        return reader.finish().contains { matcher.names(row: $0.fields) }
      }
      if reader.feed(piece).contains(where: { matcher.names(row: $0.fields) }) { return true }
    }
  }

  /// Writes zeros over what a file holds, so that its blocks do not keep it.
  ///
  /// - Parameter release: takes the name from it first: whatever a kill leaves has all of its rows, or is
  ///   not there.
  private static func overwrite(_ url: URL, releasedBy release: () throws -> Void) throws(Problem) {
    do {
      let handle = try FileHandle(forUpdating: url)
      defer { try? handle.close() }
      try release()
      try Directory.sync(url.deletingLastPathComponent().path)
      var rest = Int(try handle.seekToEnd())
      try handle.seek(toOffset: 0)
      while rest > 0 {
        let count = min(rest, 1 << 20)
        try handle.write(contentsOf: Data(count: count))
        rest -= count
      }
      try handle.synchronize()
    } catch {
      throw error as? Problem ?? .storageFailed("\(error)")
    }
  }

  private static func sync(_ url: URL) throws {
    let handle = try FileHandle(forUpdating: url)
    defer { try? handle.close() }
    try handle.synchronize()
  }
}
