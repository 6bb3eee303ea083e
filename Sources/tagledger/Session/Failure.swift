import APITypes
import Client
import Proof

/// Why a command ends without having done what was asked, beside what the client reports.
enum Failure: Error, Hashable, Sendable {
  case tagUnknown(String, near: [String])
  case customerUnknown(String)
  case ruleUnknown(String)
  /// Each candidate in words; `more` when there are others still.
  case ambiguous(Finder.Noun, String, [String], more: Bool)
  case dateUnreadable(String)
  case formatUnfit(OutputFormat, fitting: [OutputFormat])
  case pairUnreadable(String, example: String)
  /// The key of a pair stands in two of them.
  case pairTwice(String)
  case noCustomers
  /// Nobody can be asked.
  case needsYes
  /// Somebody was asked, and said no.
  case declined
  case fileUnwritable(String, Int32)
  case jobFailed(ProblemDocument?)
  /// The daemon has stopped while this job was watched, and has not come back.
  case jobUnwatched(String)
  /// The work was done, but for some rows; that has been said already.
  case rowsRefused
  /// A receipt, a checkpoint or a key does not prove what it should.
  case notProved(ProofFault)
  /// A receiver has not taken a test message; that has been said already.
  case notDelivered
}

/// The exit codes, which scripts may rely on.
enum ExitStatus {
  static let refused: Int32 = 1
  static let notFound: Int32 = 3
  static let conflict: Int32 = 4
  static let usage: Int32 = 64
  static let unavailable: Int32 = 69
  static let internalError: Int32 = 70
  static let cannotWrite: Int32 = 74
  static let tryAgain: Int32 = 75
}

extension ClientError {
  var exitStatus: Int32 {
    switch self {
    case .socketMissing, .refused, .notPermitted, .unreachable: ExitStatus.unavailable
    case .timedOut, .interrupted: ExitStatus.tryAgain
    case .problem(let document): document.exitStatus
    case .answerUnreadable: ExitStatus.internalError
    case .fileUnreadable: ExitStatus.usage
    }
  }
}

extension ProblemDocument {
  var exitStatus: Int32 {
    switch status {
    case 404: ExitStatus.notFound
    case 409, 412: ExitStatus.conflict
    case 429, 503, 507: ExitStatus.tryAgain
    case 500...: ExitStatus.internalError
    default: ExitStatus.refused
    }
  }
}

extension Failure {
  var exitStatus: Int32 {
    switch self {
    case .tagUnknown, .customerUnknown, .ruleUnknown: ExitStatus.notFound
    case .ambiguous: ExitStatus.conflict
    case .dateUnreadable, .formatUnfit, .pairUnreadable, .pairTwice, .noCustomers, .needsYes:
      ExitStatus.usage
    case .declined, .rowsRefused, .notProved, .notDelivered: ExitStatus.refused
    case .fileUnwritable: ExitStatus.cannotWrite
    case .jobFailed(let problem): problem?.exitStatus ?? ExitStatus.internalError
    case .jobUnwatched: ExitStatus.tryAgain
    }
  }

  /// What scripts match on, beside the codes of the daemon.
  var code: String {
    switch self {
    case .tagUnknown: "tag.not_found"
    case .customerUnknown: "customer.not_found"
    case .ruleUnknown: "rule.not_found"
    case .ambiguous(let noun, _, _, _): "\(noun.rawValue).ambiguous"
    case .dateUnreadable: "usage.date"
    case .formatUnfit: "usage.output"
    case .pairUnreadable, .pairTwice: "usage.pair"
    case .noCustomers: "usage.customers"
    case .needsYes: "usage.yes"
    case .declined: "declined"
    case .fileUnwritable: "file.unwritable"
    case .jobFailed(let problem): problem?.code ?? "job.failed"
    case .jobUnwatched: "job.unwatched"
    case .rowsRefused: "import.rows_refused"
    case .notProved: "proof.failed"
    case .notDelivered: "webhook.not_delivered"
    }
  }
}
