import APITypes
import Client

extension Session {
  /// Tells what came of applying or removing; follows it first when it has become a job.
  func reportMembership(
    _ outcome: Outcome<MembershipReceipt>, of tag: TagDocument
  ) async throws {
    switch outcome {
    case .job(let job): try await watch(job)
    case .done(let receipt):
      try report(receipt, ids: []) { sentence(receipt, tag) }
    }
  }

  private func sentence(_ receipt: MembershipReceipt, _ tag: TagDocument) -> String {
    let isRemoval = receipt.removed > 0
    var figures = [words.customers(max(receipt.applied, receipt.removed))]
    if receipt.unchanged > 0 { figures.append(words.unchangedCount(receipt.unchanged)) }
    if receipt.displaced > 0 { figures.append(words.displacedCount(receipt.displaced)) }
    let text = figures.joined(separator: ", ")
    return isRemoval ? words.removed(tag.name, text) : words.applied(tag.name, text)
  }
}
