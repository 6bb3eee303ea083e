import APITypes
import HTTPTypes
import Testing

@testable import API

struct ImportRouteTests {
  @Test(arguments: [true, false])
  func `a job says whether it only tells what would happen`(isDryRun: Bool) async throws {
    let app = try await App()
    let started: Job = try await app.ask(
      .post, "/v1/imports/customers?dry_run=\(isDryRun)", "name,phone\nAna,+5541988887777\n",
      headers: [("Content-Type", "text/csv")])
    let job = try await app.finish(started)
    #expect(started.dryRun == isDryRun && job.dryRun == isDryRun)
    #expect(job.result["customers_registered"] == 1)
    let customers: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers")
    #expect(customers.items.isEmpty == isDryRun)
    let rows = try await app.send(.get, "/v1/jobs", headers: [("Accept", "text/csv")]).text
    #expect(rows.contains(",dry_run\n") && rows.hasSuffix(",\(isDryRun)\n"))
  }
}
