package import Domain
import EventLog
package import Foundation
import Spreadsheet

extension Ledger {
  /// A new file for an upload; hand it to `startImport` when it is complete.
  package func newUpload() -> URL {
    jobs.file(newJobID(), "upload")
  }

  /// Takes a file in as a job: row by row, whoever watches.
  ///
  /// - Parameter upload: the file as it came; the job owns it from now on.
  package func startImport(
    _ request: ImportRequest, upload: URL, by caller: Caller, key: RequestKey? = nil
  ) throws(Problem) -> Job {
    let actor = try admit(caller, .permission(.customersImport)).actor
    if request.kind == .orders {
      _ = try admit(caller, .permission(.factsWrite))
      // Asked now, rather than at the first newcomer in the middle of the file.
      if request.createsCustomers { _ = try admit(caller, .permission(.customersWrite)) }
    }
    try refuseReadOnly()
    _ = try request.reader()
    let id = newJobID()
    let size: Int64
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: upload.path)
      size = (attributes[.size] as? NSNumber)?.int64Value ?? 0
      try FileManager.default.moveItem(at: upload, to: jobs.file(id, "input"))
    } catch {
      throw .storageFailed("\(error)")
    }
    let job = Job(
      id: id, kind: request.kind.job, caller: caller, actor: actor, started: now(), unit: "bytes",
      total: size, parameters: request.json, key: key)
    do throws(Problem) {
      return try jobs.start(job, work(of: request.kind.job))
    } catch {
      try? FileManager.default.removeItem(at: jobs.file(id, "input"))
      throw error
    }
  }

  /// The work of an import: reads the file in pieces and submits its rows by the thousand.
  func takeFile(_ handle: Jobs.Handle) async throws(Problem) {
    guard let job = handle.job, let request = ImportRequest(json: job.parameters) else {
      throw .jobNotResumable(handle.id)
    }
    let feed = try RowFeed(jobs.file(handle.id, "input"), request)
    var intake = try FileIntake(
      self, request: request, handle: handle, caller: job.caller, headings: feed.headings)
    var pieces = Ahead { () throws(Problem) in try feed.next() }
    while !handle.isStopped, let piece = try await pieces.next() { try await intake.take(piece) }
    if handle.isStopped { return try await intake.pause() }
    try await intake.finish()
  }
}

extension ImportRequest {
  func reader() throws(Problem) -> SpreadsheetReader {
    var encoding: TextEncoding?
    if let name = self.encoding {
      encoding = TextEncoding(name: name)
      guard encoding != nil else {
        throw .parameterUnreadable(
          name: "encoding", value: name, expected: "utf-8, utf-16le, utf-16be, windows-1252")
      }
    }
    var dialect: CSVDialect?
    if let name = delimiter {
      dialect = CSVDialect(name: name)
      guard dialect != nil else {
        throw .parameterUnreadable(
          name: "delimiter", value: name, expected: "comma, semicolon, tab")
      }
    }
    return SpreadsheetReader(encoding: encoding, dialect: dialect)
  }
}
