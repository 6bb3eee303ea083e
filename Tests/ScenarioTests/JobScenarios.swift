import Foundation
import Testing

extension Scenarios {
  /// Long work, seen from outside.
  struct Jobs {
    @Test func `why a job has failed is still told after a restart, in the reader's language`()
      throws
    {
      let daemon = try RunningDaemon(settings: ["--bulk-limit", "1"])
      let shop = try Shop(daemon, customers: 400)
      let wire = try Wire(daemon.socket)
      let started = try wire.post("/v1/tags/\(shop.tag)/apply", ["customers": shop.customers])
      let id = try #require(started.json["id"] as? String, "\(started.text)")
      // Its next command meets a tag that nobody may apply any more.
      let archived = try wire.post("/v1/tags/\(shop.tag)/archive")
      try #require(archived.status == 200, "\(archived.text)")
      var job: [String: Any] = [:]
      try wait(for: "the job to fail", seconds: 60) {
        job = try wire.get("/v1/jobs/\(id)").json
        return job["state"] as? String != "running"
      }
      try #require(job["state"] as? String == "failed", "\(job)")
      let french = ["Accept-Language": "fr"]
      let before = try wire.get("/v1/jobs/\(id)", headers: french).json["problem"]
      daemon.stop()
      try daemon.start()
      let after = try Wire(daemon.socket).get("/v1/jobs/\(id)", headers: french).json["problem"]
      let (told, kept) = (before as? NSDictionary, after as? NSDictionary)
      #expect(
        kept != nil && kept == told, "\(String(describing: told)) \(String(describing: kept))")
      #expect(kept?["code"] as? String == "tag.archived")
    }
  }
}
