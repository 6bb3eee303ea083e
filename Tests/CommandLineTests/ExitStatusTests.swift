import APITypes
import Client
import Testing

@testable import tagledger

@Suite struct ExitStatusTests {
  @Test(
    arguments: [
      (400, 1), (403, 1), (404, 3), (409, 4), (412, 4), (413, 1), (422, 1), (429, 75), (500, 70),
      (502, 70), (503, 75), (507, 75),
    ] as [(Int, Int32)])
  func `a status of the daemon has its exit code`(status: Int, code: Int32) {
    let problem = ProblemDocument(title: "T", status: status, code: "c")
    #expect(ClientError.problem(problem).exitStatus == code)
    #expect(Failure.jobFailed(problem).exitStatus == code)
  }

  @Test(
    arguments: [
      (ClientError.socketMissing(["/s"]), 69), (.refused("/s"), 69), (.notPermitted("/s"), 69),
      (.unreachable("/s", 5), 69), (.timedOut(.seconds(1)), 75), (.interrupted, 75),
      (.answerUnreadable("x"), 70), (.fileUnreadable("f", 2), 64),
    ] as [(ClientError, Int32)])
  func `what keeps an answer from coming has its exit code`(error: ClientError, code: Int32) {
    #expect(error.exitStatus == code)
  }

  @Test(
    arguments: [
      (Failure.tagUnknown("x", near: []), 3), (.customerUnknown("x"), 3),
      (.ambiguous(.customer, "x", [], more: false), 4), (.pairTwice("x"), 64), (.needsYes, 64),
      (.noCustomers, 64),
      (.dateUnreadable("x"), 64), (.formatUnfit(.csv, fitting: [.json]), 64), (.declined, 1),
      (.rowsRefused, 1), (.fileUnwritable("f", 28), 74), (.jobFailed(nil), 70),
    ] as [(Failure, Int32)])
  func `what the command line finds has its exit code`(failure: Failure, code: Int32) {
    #expect(failure.exitStatus == code)
  }
}
