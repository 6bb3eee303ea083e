import Domain
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
    for job in all where job.kind.takesFile {
      let language = job.parameters["language"]?.string ?? "en"
      scrubbed.rows += try scrubFailures(
        file(job.id, "failures.csv"), matcher, line(language))
      let input = file(job.id, "input")
      if try names(input, of: job, matcher) {
        try Self.overwrite(input)
        scrubbed.inputs.append(job.id)
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
      try Self.overwrite(url)
      guard rename(draft.path, url.path) == 0 else {
        throw Problem.storageFailed("\(url.path): \(String(cString: strerror(errno)))")
      }
    } catch {
      throw error as? Problem ?? .storageFailed("\(error)")
    }
    return count
  }

  /// Whether the file that an import has not finished names the person.
  private func names(_ url: URL, of job: Job, _ matcher: PersonMatcher) throws(Problem) -> Bool {
    guard let request = ImportRequest(json: job.parameters),
      let handle = try? FileHandle(forReadingFrom: url)
    else { return false }
    defer { try? handle.close() }
    var reader = try request.reader()
    while true {
      guard let piece = try? handle.read(upToCount: 65_536), !piece.isEmpty else {
        return reader.finish().contains { matcher.names(row: $0.fields) }
      }
      if reader.feed(piece).contains(where: { matcher.names(row: $0.fields) }) { return true }
    }
  }

  /// Writes zeros over a file before it is let go of, so that its blocks do not keep what it held.
  private static func overwrite(_ url: URL) throws(Problem) {
    do {
      let handle = try FileHandle(forUpdating: url)
      defer { try? handle.close() }
      var rest = Int(try handle.seekToEnd())
      try handle.seek(toOffset: 0)
      while rest > 0 {
        let count = min(rest, 1 << 20)
        try handle.write(contentsOf: Data(count: count))
        rest -= count
      }
      try handle.synchronize()
      try FileManager.default.removeItem(at: url)
    } catch {
      throw .storageFailed("\(error)")
    }
  }

  private static func sync(_ url: URL) throws {
    let handle = try FileHandle(forUpdating: url)
    defer { try? handle.close() }
    try handle.synchronize()
  }
}

extension Job.Kind {
  /// Whether it reads a file with rows of people.
  var takesFile: Bool {
    switch self {
    case .importCustomers, .importMemberships, .importHistory, .importOrders: true
    case .apply, .remove, .rebuild, .verify, .erase, .backup: false
    }
  }
}
