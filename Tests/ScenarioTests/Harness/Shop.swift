import Foundation
import Testing

/// A daemon with a tag and some customers, for scenarios in which something happens to it.
struct Shop {
  let tag: Int
  let customers: [Int]

  init(_ daemon: RunningDaemon, customers count: Int) throws {
    let wire = try Wire(daemon.socket)
    let answer = try wire.post("/v1/tags", ["name": "Produto-Sofá", "color": "3"])
    try #require(answer.status == 201, "\(answer.text)")
    tag = try #require((answer.json["tag"] as? [String: Any])?["id"] as? Int)
    customers = try (1...count).map { number in
      let answer = try wire.post("/v1/customers", ["name": "Customer \(number)"])
      try #require(answer.status == 201, "\(answer.text)")
      return try #require((answer.json["customer"] as? [String: Any])?["id"] as? Int)
    }
  }

  /// A command that always makes an event: the details are new each time.
  func apply(_ mark: String, to customer: Int, over wire: Wire) throws -> Wire.Answer {
    try wire.post(
      "/v1/tags/\(tag)/apply", ["customers": [customer], "details": ["mark": mark]])
  }
}

extension Wire {
  /// Replays the log apart from the running daemon and returns the finished job.
  func verify() throws -> [String: Any] {
    let answer = try post("/v1/verifications")
    guard answer.status == 202, let id = answer.json["id"] as? String else {
      return ["state": "refused", "answer": answer.text]
    }
    var job: [String: Any] = [:]
    try ScenarioTests.wait(for: "the verification", seconds: 120) {
      job = try get("/v1/jobs/\(id)").json
      return job["state"] as? String != "running"
    }
    return job
  }

  /// Whether a verification found everything as it should be.
  func isSound() throws -> Bool {
    let job = try verify()
    return job["state"] as? String == "done" && job["problem"] == nil
  }
}

/// A small generator whose numbers are the same at every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
