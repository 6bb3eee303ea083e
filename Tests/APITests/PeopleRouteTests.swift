import APITypes
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import API

/// Erasing, reports and backups as they are asked for.
struct PeopleRouteTests {
  private func ended(_ job: Job, in app: App) async throws -> Job {
    while true {
      let job: Job = try await app.ask(.get, Paths.job(job.id))
      if job.state != .running { return job }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func `erasing answers with what goes and stays, and its job with the report`() async throws
  {
    let app = try await App()
    let ana: CustomerReceipt = try await app.ask(
      .post, "/v1/customers", #"{"name":"Ana Maria","phone":"+5511961234567"}"#)
    _ = try await app.send(.post, "/v1/tags", #"{"name":"VIP"}"#)
    _ = try await app.send(
      .post, "/v1/tags/1/apply", #"{"customers":[1],"reason":"ligou Ana Maria"}"#)
    let path = Paths.customerErase(ana.customer.id)
    #expect(try await app.send(.post, path, "{}").problem.code == "reason.missing")
    let preview: ErasureReceipt = try await app.ask(
      .post, path, #"{"reason":"a pedido","dry_run":true}"#)
    #expect(preview.seq == nil && preview.job == nil && preview.dryRun)
    #expect(preview.fields == ["name": 1, "phone": 1])
    #expect(preview.customers == [1] && preview.events == 2 && preview.mentions == [4])

    let reply = try await app.send(.post, path, #"{"reason":"a pedido"}"#)
    let receipt: ErasureReceipt = try reply.decoded()
    #expect(reply.status == 202 && receipt.seq == [5, 5])
    let job = try await ended(try #require(receipt.job), in: app)
    #expect(reply.headers[.location] == Paths.job(job.id))
    #expect(job.state == .done && job.kind == .erase)
    #expect(job.result["tried"] == .int(2) && job.result["opened"] == .int(0))

    let shown: CustomerDocument = try await app.ask(.get, "/v1/customers/1")
    #expect(shown.name == nil && shown.phone == nil && shown.erased != nil)
    #expect(shown.tags?.map(\.name) == ["VIP"])
    #expect(
      try await app.send(.patch, "/v1/customers/1", #"{"name":"x"}"#).problem.code
        == "customer.erased")
    let listed: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?q=ana")
    #expect(listed.items == [])
    let changes: Page<Change> = try await app.ask(.get, "/v1/changes?order=oldest&customer=1")
    // Before it stands what whoever runs the tests is called.
    #expect(changes.items[0].sentence.hasSuffix("registered customer 1 (erased)."))
    #expect(changes.items[1].sentence.hasSuffix("applied “VIP” to customer 1 (erased)."))
    #expect(changes.items[2].sentence.contains("erased customer 1: who they were is gone"))
    let again: ErasureReceipt = try await app.ask(.post, path, #"{"reason":"a pedido"}"#)
    #expect(again.seq == nil && again.job == nil && again.customers == [])
  }

  @Test func `a report tells what each field has been, tags, merges and every event`() async throws
  {
    let app = try await App()
    for body in [
      #"{"name":"Ana","phone":"+5511961234567","notes":"nota"}"#, #"{"name":"Anna"}"#,
    ] { _ = try await app.send(.post, "/v1/customers", body) }
    _ = try await app.send(.patch, "/v1/customers/1", #"{"name":"Ana Souza","notes":""}"#)
    _ = try await app.send(.post, "/v1/tags", #"{"name":"VIP"}"#)
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[2]}"#)
    _ = try await app.send(.post, "/v1/customers/2/merge", #"{"into":1}"#)
    let report: CustomerReport = try await app.ask(.get, Paths.customerReport(2))
    #expect(report.customer.id == 1 && report.merged == [2])
    let fields = Dictionary(
      uniqueKeysWithValues: report.fields.map { ($0.field, $0.values.map { $0.value }) })
    #expect(fields["name"] == ["Ana", "Anna", "Ana Souza"])
    #expect(fields["notes"] == ["nota", nil])
    #expect(fields["phone"] == ["+5511961234567"])
    #expect(report.tags.map(\.tag.name) == ["VIP", "VIP"])
    let ids = report.events.compactMap { event -> String? in
      guard case .object(let members) = event else { return nil }
      return members["id"]?.string
    }
    #expect(ids == ["2", "3", "4", "6", "7", "8"])
  }

  @Test func `a backup is a job whose result says what there is and where`() async throws {
    let app = try await App()
    _ = try await app.send(.post, "/v1/customers", #"{"name":"Ana"}"#)
    let place = app.directory.path + "-backup"
    let reply = try await app.send(.post, Paths.backups, #"{"directory":"\#(place)"}"#)
    #expect(reply.status == 202)
    let job = try await ended(try reply.decoded(), in: app)
    #expect(job.state == .done && job.result["events"] == .int(2))
    #expect(job.result["keys"] == .string(place + "/keys"))
    let refused = try await app.send(.post, Paths.backups, #"{"directory":"\#(place)"}"#)
    #expect(try refused.problem.code == "backup.unusable")
    try FileManager.default.removeItem(atPath: place)
  }
}
