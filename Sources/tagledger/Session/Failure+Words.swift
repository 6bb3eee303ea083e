import APITypes
import Client

extension Words {
  func tell(_ error: ClientError) -> String {
    switch error {
    case .socketMissing(let tried): socketMissing(tried)
    case .refused(let path): refused(path)
    case .notPermitted(let path): notPermitted(path)
    case .unreachable(let path, let code): unreachable(path, system(code))
    case .timedOut(let duration): timedOut(duration.components.seconds)
    case .interrupted: interrupted
    case .problem(let document): tell(document)
    case .answerUnreadable(let detail): answerUnreadable(detail)
    case .fileUnreadable(let path, let code): fileUnreadable(path, system(code))
    }
  }

  func tell(_ failure: Failure) -> String {
    switch failure {
    case .tagUnknown(let text, let near): tagUnknown(text, near: near)
    case .customerUnknown(let text): customerUnknown(text)
    case .ruleUnknown(let text): ruleUnknown(text)
    case .ambiguous(_, let text, let candidates, let more):
      ambiguous(text, candidates, more: more)
    case .dateUnreadable(let text): dateUnreadable(text)
    case .formatUnfit(let format, let fitting):
      formatUnfit(format.rawValue, fitting.map(\.rawValue).joined(separator: ", "))
    case .pairUnreadable(let text, let example): pairUnreadable(text, example)
    case .pairTwice(let key): pairTwice(key)
    case .noCustomers: noCustomers
    case .needsYes: needsYes
    case .declined: notDone
    case .fileUnwritable(let path, let code): fileUnwritable(path, system(code))
    case .jobFailed(let problem): problem.map { tell($0) } ?? jobState("failed")
    case .jobUnwatched(let id): jobUnwatched(id)
    case .rowsRefused, .notDelivered: ""
    case .notProved(let fault): notProved(fault)
    }
  }
}

extension Words {
  /// What the daemon says, and below it all that there is where it says that something is not.
  func tell(_ problem: ProblemDocument) -> String {
    let detail = problem.detail ?? problem.title
    guard case .array(let known)? = problem.extras["known"], !known.isEmpty else { return detail }
    return ([detail] + known.compactMap(\.string)).joined(separator: "\n  ")
  }
}

extension ClientError {
  /// What scripts match on.
  var code: String {
    switch self {
    case .socketMissing: "daemon.socket_missing"
    case .refused: "daemon.not_running"
    case .notPermitted: "daemon.not_permitted"
    case .unreachable: "daemon.unreachable"
    case .timedOut: "daemon.timed_out"
    case .interrupted: "daemon.interrupted"
    case .problem(let document): document.code
    case .answerUnreadable: "answer.unreadable"
    case .fileUnreadable: "file.unreadable"
    }
  }
}
