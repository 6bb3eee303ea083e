import APITypes
import Domain
import Foundation
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore

extension API {
  static let jobRoutes = [
    Route(.post, "/v1/backups", needs: .serviceManage) { api, exchange in
      let body = try await exchange.body()
      try body.only(["directory", "keys"])
      return try api.accepted(
        try api.ledger.startBackup(
          to: try body.requiredText("directory"), keys: try body.filledText("keys"),
          by: exchange.caller), exchange)
    },
    Route(.get, "/v1/jobs", access: .team) { try await $0.listJobs($1) },
    Route(.get, "/v1/jobs/{id}", access: .team) { try await $0.showJob($1) },
    Route(.get, "/v1/jobs/{id}/failures", access: .team) { try await $0.downloadFailures($1) },
    Route(.get, "/v1/jobs/{id}/follow", access: .team) { try await $0.followJob($1) },
    Route(.post, "/v1/jobs/{id}/resume", access: .team) { try await $0.resumeJob($1) },
    Route(.post, "/v1/jobs/{id}/stop", access: .team) { try await $0.stopJob($1) },
    Route(.post, "/v1/rebuilds", needs: .serviceManage) { api, exchange in
      try await exchange.body().only([])
      return try api.accepted(try api.ledger.startRebuild(by: exchange.caller), exchange)
    },
    Route(.post, "/v1/verifications", needs: .logVerify) { api, exchange in
      try await exchange.body().only([])
      return try api.accepted(try api.ledger.startVerification(by: exchange.caller), exchange)
    },
  ]

  /// The answer to a request that goes on as a job.
  func accepted(_ job: LedgerJob, _ exchange: Exchange) throws -> Response {
    var response = try Response(.accepted, json: document(of: job, in: exchange.language))
    response.headers[.location] = Paths.job(job.id)
    return response
  }

  private func listJobs(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names)
    let paging = try Paging(query, of: .jobs, most: pageLimit, filter: [])
    let position = read(exchange).position
    // Newest first; a job that begins meanwhile does not move those behind it.
    let found = try ledger.jobs(by: exchange.caller).filter {
      $0.started.rawValue < paging.after ?? .max
    }
    let page = found.prefix(paging.limit)
    return try exchange.answer(
      List(
        items: page.map { document(of: $0, in: exchange.language) },
        next: found.count > page.count ? paging.cursor(page.last!.started.rawValue) : nil,
        position: position))
  }

  private func showJob(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let job = try ledger.job(exchange.captures[0], by: exchange.caller)
    return try Response(json: document(of: job, in: exchange.language))
  }

  /// The rows that an import has refused, as the file had them, with their lines and why.
  private func downloadFailures(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let job = try ledger.job(exchange.captures[0], by: exchange.caller)
    let file = try ledger.jobs.failures(of: job.id)
    let type = MediaType.csv + "; charset=utf-8; header=present"
    guard let handle = try? FileHandle(forReadingFrom: file) else {
      return Response(bytes: [], type: type)
    }
    return Response(
      status: .ok, headers: .type(type),
      body: ResponseBody { writer in
        defer { try? handle.close() }
        while let part = try handle.read(upToCount: 65_536), !part.isEmpty {
          try await writer.write(ByteBuffer(bytes: part))
        }
        try await writer.finish(nil)
      })
  }

  private func stopJob(_ exchange: Exchange) async throws -> Response {
    try await exchange.body().only([])
    let job = try await ledger.stop(exchange.captures[0], by: exchange.caller)
    return try Response(json: document(of: job, in: exchange.language))
  }

  private func resumeJob(_ exchange: Exchange) async throws -> Response {
    try await exchange.body().only([])
    return try accepted(
      try ledger.resume(exchange.captures[0], by: exchange.caller), exchange)
  }

  /// Looks at the job a few times a second, and tells when something has changed, until it has ended.
  private func followJob(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let id = exchange.captures[0]
    _ = try ledger.job(id, by: exchange.caller)
    return stream.response(in: exchange.language) { [self] writer in
      var last: APITypes.Job?
      var told = ContinuousClock.now
      while true {
        // Asked anew, so that whoever loses the right to look does not go on looking.
        let job = try ledger.job(id, by: exchange.caller)
        let document = document(of: job, in: exchange.language)
        if document != last {
          var data: [UInt8] = []
          try document.write(to: &data)
          try await writer.send(
            EventStream.frame(id: nil, event: job.state.rawValue, data: data))
          last = document
          told = .now
        } else if ContinuousClock.now - told > stream.heartbeat {
          try await writer.send(EventStream.heartbeatFrame)
          told = .now
        }
        guard job.state == .running else { return }
        let pause = EventStream(heartbeat: .milliseconds(100))
        // Nothing calls: the wait ends with the pause, or with the service.
        if await pause.wait(for: { try? await Task.sleep(for: .seconds(60)) }) == .stop { return }
      }
    }
  }
}

extension APITypes.Job: Writable {}

extension API {
  func document(of job: LedgerJob, in language: Language) -> APITypes.Job {
    APITypes.Job(
      id: job.id, kind: APITypes.Job.Kind(rawValue: job.kind.rawValue)!,
      state: APITypes.Job.State(rawValue: job.state.rawValue)!, done: job.done, total: job.total,
      unit: job.unit, actor: job.actor.name, dryRun: job.isDryRun, undoable: ledger.canUndo(job),
      started: job.started.text,
      finished: job.finished?.text, result: job.result.mapValues(JSONValue.init),
      problem: job.problem.map { ProblemDocument(ProblemPage($0, in: language)) }
        ?? job.pages?[language.rawValue].flatMap(ProblemDocument.init(kept:)))
  }
}

extension ProblemDocument {
  /// A problem as a job has kept it over a restart.
  fileprivate init?(kept page: JSON) {
    guard let title = page["title"]?.string, let code = page["code"]?.string,
      let status = page["status"]?.int
    else { return nil }
    let members: Set = ["type", "title", "status", "detail", "code"]
    self.init(
      title: title, status: Int(status), detail: page["detail"]?.string, code: code,
      extras: (page.object ?? [:]).filter { !members.contains($0.key) }
        .mapValues(JSONValue.init))
  }

  init(_ page: ProblemPage) {
    self.init(
      title: page.title, status: page.status, detail: page.detail, code: page.code,
      extras: page.extras.mapValues(JSONValue.init))
  }
}
