import Testing

@testable import Domain

/// What a grant that is limited to categories lets through, and what only looks as if it did.
@Suite struct CategoryTests {
  private let maria = Caller.local(uid: 1001)

  /// Maria may do everything with tags, in the category Status.
  private func team(_ categories: [String] = ["Status"]) throws -> PaperTeam {
    var team = try PaperTeam()
    let id = try team.add("Maria", uid: 1001)
    try team.grant("manager", to: id, categories)
    return team
  }

  @Test(arguments: ["Status", "STATUS", "Státus", "status-*", " Status "])
  func `case and accents make no other category`(written: String) throws {
    var team = try team([written])
    for name in ["Status-A", "STATUS-B", "Stãtus-C", "status -D"] {
      try team.take(.createTag(TagDraft(name: name, color: .palette(0))), by: maria)
    }
    for name in ["Statuses-A", "Stat-us", "Status", "VIP"] {
      #expect(throws: Problem.self, "\(name)") {
        try team.take(.createTag(TagDraft(name: name, color: .palette(0))), by: maria)
      }
    }
  }

  @Test func `a rename needs the category that is left and the one that is entered`() throws {
    var team = try team()
    let status = try team.tag("Status-A")
    let vip = try team.tag("VIP-A")
    let rename = { (tag: TagID, name: String) in
      Command.reviseTag(tag, TagChanges(name: name), revision: nil)
    }
    try team.take(rename(status, "Status-B"), by: maria)
    for (tag, name) in [(status, "VIP-B"), (status, "Livre"), (vip, "Status-C")] {
      #expect(throws: Problem.self) { try team.take(rename(tag, name), by: maria) }
    }
    #expect(throws: Problem.self) {
      try team.take(.reviseTag(vip, TagChanges(color: .palette(3)), revision: nil), by: maria)
    }
  }

  @Test func `a tag that a set displaces needs leave to be removed in its own category`() throws {
    var team = try team()
    let vip = try team.tag("VIP-A", set: "Um")
    let status = try team.tag("Status-A", set: "Um")
    let ana = try team.customer("Ana")
    let rui = try team.customer("Rui")
    try team.take(.apply(vip, to: [ana], details: nil), by: .local(uid: 1000))
    try team.take(.apply(status, to: [rui], details: nil), by: maria)
    #expect(
      throws: Problem.permissionMissing(
        MissingPermission(.tagsRemove, .category("VIP"), givers: ["Ana"]))
    ) {
      try team.take(.apply(status, to: [ana], details: nil), by: maria)
    }
    #expect(team.state.members(of: vip).contains(ana))
  }

  @Test func `merging needs both categories, and merging customers what they bring`() throws {
    var team = try team()
    let vip = try team.tag("VIP-A")
    let status = try team.tag("Status-A")
    for (source, target) in [(vip, status), (status, vip)] {
      #expect(throws: Problem.self) {
        try team.take(
          .mergeTag(source, into: target, name: .alias, revisions: MergeRevisions()), by: maria)
      }
    }
    try team.take(.defineRole(RoleDraft(name: "clerk", texts: ["customers:write"])))
    try team.grant("clerk", to: OperatorID(2))
    let ana = try team.customer("Ana")
    let rui = try team.customer("Rui")
    try team.take(.apply(vip, to: [ana], details: nil), by: .local(uid: 1000))
    #expect(throws: Problem.self) { try team.take(.mergeCustomer(ana, into: rui), by: maria) }
    try team.take(.mergeCustomer(rui, into: ana), by: maria)
  }

  @Test func `a refusal comes before anything is told of what one may not touch`() throws {
    var team = try team()
    let vip = try team.tag("VIP-A")
    // There is nothing to do, and no such customer; neither is said.
    for command in [
      Command.archiveTag(vip), .apply(vip, to: [CustomerID(99)], details: nil),
      .deleteTag(vip, customers: 12), .apply(TagID(99), to: [], details: nil),
    ] {
      do throws(Problem) {
        try team.take(command, by: maria)
        Issue.record("\(command) was taken")
      } catch {
        guard case .permissionMissing = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test func `the verdict names the grant that decides`() throws {
    var team = try team()
    let id = OperatorID(2)
    try team.grant("agent", to: id)
    func grant(_ permission: Permission, _ reach: Reach) -> Int32? {
      team.state.can(id, permission, for: reach, at: team.now).grant?.id.rawValue
    }
    #expect(grant(.tagsApply, .category("VIP")) == 3)
    #expect(grant(.tagsMerge, .category("STÁTUS")) == 2)
    #expect(grant(.tagsMerge, .category("VIP")) == nil)
    #expect(grant(.tagsMerge, .some) == 2 && grant(.tagsMerge, .all) == nil)
    let verdict = team.state.can(id, .teamManage, for: .some, at: team.now)
    #expect(!verdict.isAllowed && verdict.givers == ["Ana"])
  }
}
