import Domain
import Foundation
import Ledger
import ServerSupport
import Synchronization
import TestSupport
import Testing
import Webhooks

@Suite(.serialized) struct CourierTests {
  @Test func `a signature is that of Standard Webhooks`() throws {
    // The example of the specification's own libraries.
    let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let signature = secret.signature(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330,
      body: Array(#"{"test": 2432232314}"#.utf8))
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    #expect(
      WebhookSecret("whsec_AAAA") == nil && WebhookSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil
    )
    #expect(WebhookSecret() != WebhookSecret())
  }

  @Test func `events arrive in order, signed, as they stand in the log`() async throws {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    try await shop.running { courier in
      let hook = try await shop.hook(courier, to: server)
      for index in 1...5 { _ = try await shop.createTag("T\(index)") }
      try await wait { server.seqs.count >= 5 }
      #expect(server.seqs == [3, 4, 5, 6, 7])
      let secret = try #require(courier.files.secret(of: hook))
      for request in server.seen {
        let id = try #require(request.headers["webhook-id"])
        let seconds = try #require(request.headers["webhook-timestamp"].flatMap { Int64($0) })
        #expect(
          request.headers["webhook-signature"]
            == secret.signature(id: id, seconds: seconds, body: request.body))
        #expect(request.headers["content-type"] == "application/cloudevents+json")
        #expect(request.method == "POST" && request.target == "/hook")
        let seq = try #require(Int64(id.dropFirst(4)))
        #expect(try shop.ledger.event(seq, by: Shop.founder).form == request.body)
      }
      try await wait { courier.progress(of: try shop.ledger.state.webhook(hook)).cursor == 7 }
      #expect(courier.counts.delivered == 5)
    }
    await shop.ledger.close()
  }

  @Test func `a filter leaves what was asked for, and nothing else`() async throws {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    try await shop.running { courier in
      let (a, b) = (try await shop.createTag("A"), try await shop.createTag("B"))
      _ = try await shop.hook(
        courier, to: server,
        filter: WebhookFilter(types: ["tag.renamed", "tag.archived"], tags: [b]))
      try await shop.order(.reviseTag(a, TagChanges(name: "A2"), revision: nil))
      try await shop.order(.reviseTag(b, TagChanges(name: "B2"), revision: nil))
      try await shop.order(.archiveTag(a))
      try await shop.order(.archiveTag(b))
      try await shop.order(.restoreTag(b))
      try await wait { server.seqs.count >= 2 }
      #expect(server.seqs == [6, 8])
    }
    await shop.ledger.close()
  }

  @Test func `a receiver that fails is tried again in order, and then has dead letters`()
    async throws
  {
    let shop = try await Shop()
    let isWell = Mutex(false)
    let server = try ScriptedServer { request, _ in
      // Event 4 is never taken until the receiver is well.
      request.headers["webhook-id"] == "msg-4" && !isWell.withLock { $0 }
        ? [.answer(500, "no", type: "text/plain")] : [.answer("")]
    }
    try await shop.running { courier in
      let hook = try await shop.hook(courier, to: server)
      for index in 1...3 { _ = try await shop.createTag("T\(index)") }
      try await wait { server.seqs.last == 5 }
      #expect(server.seqs == [3, 4, 4, 4, 5])
      let dead = courier.files.dead(of: hook)
      #expect(dead.map(\.seq) == [4] && dead[0].failure == "HTTP 500" && dead[0].attempts == 3)
      #expect(throws: Problem.webhookDeadNotFound(5)) { try courier.redeliver(hook, seq: 5) }

      // Tried once more while it is still unwell, then when it is.
      #expect(try courier.redeliver(hook, seq: nil) == 1)
      try await wait { courier.files.dead(of: hook).first?.attempts == 4 }
      isWell.withLock { $0 = true }
      #expect(try courier.redeliver(hook, seq: 4) == 1)
      try await wait { courier.files.dead(of: hook).isEmpty }
      #expect(server.seqs == [3, 4, 4, 4, 5, 4, 4])
    }
    await shop.ledger.close()
  }

  @Test func `what was delivered before a restart is not delivered again, what was not is`()
    async throws
  {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    try await shop.running { courier in
      _ = try await shop.hook(courier, to: server)
      _ = try await shop.createTag("T1")
      try await wait { courier.counts.delivered == 1 }
    }
    _ = try await shop.createTag("T2")
    await shop.ledger.close()
    let ledger = try await Shop.open(shop.directory.path)
    try await shop.running(ledger: ledger) { _ in
      try await wait { server.seqs.count >= 2 }
      #expect(server.seqs == [3, 4])
    }
    await ledger.close()
  }

  @Test func `a webhook that was told more than there is now is told what comes next`() async throws
  {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    let hook = try await shop.running { courier in
      let hook = try await shop.hook(courier, to: server)
      try await wait { courier.progress(of: try shop.ledger.state.webhook(hook)).cursor == 2 }
      return hook
    }
    // An older copy of the log was put in place, and it goes on under a new origin.
    let file = URL(filePath: shop.directory.path + "/webhooks/\(hook.rawValue).json")
    try JSONEncoder().encode(Progress(cursor: 1_000)).write(to: file)
    try await shop.running { courier in
      let now = try shop.ledger.state.webhook(hook)
      #expect(courier.progress(of: now).cursor == 2)
    }
    await shop.ledger.close()
  }

  @Test func `a receiver that is gone, silent or mad holds nobody up`() async throws {
    let shop = try await Shop()
    let good = try ScriptedServer { _, _ in [.answer("")] }
    let silent = try ScriptedServer { _, _ in [.silence] }
    let mad = try ScriptedServer { _, _ in [.text("lorem ipsum\r\n\r\n")] }
    let gone = try ScriptedServer { _, _ in [] }
    gone.stop()
    var settings = Shop.quick
    settings.patience = .milliseconds(100)
    try await shop.running(settings) { courier in
      var ids: [WebhookID] = []
      for server in [silent, mad, gone, good] {
        ids.append(try await shop.hook(courier, to: server))
      }
      let last = try await shop.createTag("T")
      _ = last
      try await wait { good.seqs.last == 6 }
      for id in ids.prefix(3) {
        try await wait { courier.files.dead(of: id).contains { $0.seq == 6 } }
      }
      #expect(courier.files.dead(of: ids[3]).isEmpty)
      let failures = ids.prefix(3).map { courier.files.dead(of: $0).last?.failure ?? "" }
      #expect(Set(failures).count >= 2, "\(failures)")
    }
    await shop.ledger.close()
  }

  @Test func `a paused webhook is told nothing, and goes on from where it was`() async throws {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    try await shop.running { courier in
      let hook = try await shop.hook(courier, to: server)
      try await shop.order(.reviseWebhook(hook, WebhookChanges(isPaused: true)))
      for index in 1...3 { _ = try await shop.createTag("T\(index)") }
      try await Task.sleep(for: .milliseconds(100))
      #expect(server.seqs.isEmpty)
      try await shop.order(.reviseWebhook(hook, WebhookChanges(isPaused: false)))
      try await wait { server.seqs.last == 7 }
      #expect(server.seqs == [3, 4, 5, 6, 7])
      try await shop.order(.removeWebhook(hook))
      _ = try await shop.createTag("T9")
      try await wait { courier.files.secret(of: hook) == nil }
      #expect(!server.seqs.contains(9))
    }
    await shop.ledger.close()
  }

  @Test func `secrets and progress are nobody else's to read`() async throws {
    let shop = try await Shop()
    let server = try ScriptedServer { _, _ in [.answer("")] }
    try await shop.running { courier in
      let hook = try await shop.hook(courier, to: server)
      _ = try await shop.createTag("T1")
      try await wait { courier.progress(of: try shop.ledger.state.webhook(hook)).delivered == 1 }
    }
    let folder = shop.directory.path + "/webhooks"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.contains("1.secret") && files.contains("1.json"))
    for file in files {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(file)")
    }
    await shop.ledger.close()
  }
}
