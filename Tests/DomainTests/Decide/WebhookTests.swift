import Domain
import Testing

struct WebhookTests {
  @Test(arguments: [
    (
      "http://127.0.0.1:8080/a?b=c",
      WebhookAddress.port(host: "127.0.0.1", port: 8080, target: "/a?b=c")
    ),
    ("http://localhost", .port(host: "127.0.0.1", port: 80, target: "/")),
    ("HTTP://[::1]:1", .port(host: "::1", port: 1, target: "/")),
    ("http://localhost:65535?x", .port(host: "127.0.0.1", port: 65_535, target: "/?x")),
    ("http+unix:///run/a.sock", .socket(path: "/run/a.sock", target: "/")),
    ("http+unix://%2Frun%2Fa.sock/hook?x=1", .socket(path: "/run/a.sock", target: "/hook?x=1")),
  ])
  func `addresses of this machine are read`(url: String, address: WebhookAddress) throws {
    #expect(try WebhookAddress(url) == address)
  }

  @Test(arguments: [
    "", "http://", "https://127.0.0.1/", "http://example.org/", "http://127.0.0.1.example.org/",
    "http://localhost.example.org/", "http://127.0.0.1@example.org/", "http://user@127.0.0.1/",
    "http://127.0.0.1:0/", "http://127.0.0.1:65536/", "http://127.0.0.1:+80/", "http://127.0.0.1:/",
    "http://127.0.0.2/", "http://0.0.0.0/", "http://[::]/", "http://[::ffff:10.0.0.1]/",
    "http://2130706433/", "http://0x7f000001/", "file:///etc/passwd", "http+unix://run/a.sock",
    "http+unix://", "http+unix://%2", "http+unix://%00/", "http://127.0.0.1/a b",
    "http://127.0.0.1/a\r\nHost: x", "http://127.0.0.1/#x", "//127.0.0.1/",
    "http+unix:///" + String(repeating: "a", count: 200), "http://lócalhost/",
  ])
  func `every other address is refused`(url: String) {
    #expect(throws: Problem.webhookAddressRefused(String(url.prefix(200)))) {
      try WebhookAddress(url)
    }
  }

  private func state(after commands: [Command]) throws -> State {
    var state = State()
    for command in commands {
      for event in try state.decide(command, limits: Limits(), at: time).events {
        #expect(state.fits(event.type, tag: event.tag, customer: event.customer, data: event.data))
        state.evolve(event, at: time)
      }
    }
    return state
  }

  private let time = Timestamp(microseconds: 1_800_000_000_000_000)
  private let hook = WebhookID(1)
  private let url = "http://127.0.0.1:1/"

  @Test func `a webhook is created, changed, paused and removed, and its number never comes again`()
    throws
  {
    let tag = Command.createTag(TagDraft(name: "VIP", color: .palette(0)))
    let filter = WebhookFilter(types: ["tag", "customer.merged"], tags: [TagID(1)])
    let made = try state(after: [tag, .createWebhook(WebhookDraft(url: url, filter: filter))])
    let webhook = try made.webhook(hook)
    #expect(webhook.filter == filter && !webhook.isPaused && webhook.revision == 1)
    #expect(webhook.created == 2)
    #expect(webhook.filter.eventTypes?.contains(.tagApplied) == true)
    #expect(webhook.filter.eventTypes?.contains(.customerRegistered) == false)

    let changes = WebhookChanges(url: "http://localhost:2/", types: [], isPaused: true)
    let decision = try made.decide(.reviseWebhook(hook, changes), limits: Limits(), at: time)
    #expect(
      decision.events == [
        Event(
          .webhookRevised,
          data: [
            "webhook": 1, "url": ["from": .string(url), "to": "http://localhost:2/"],
            "types": ["from": ["customer.merged", "tag"], "to": []],
            "paused": ["from": false, "to": true],
          ])
      ])
    var state = made
    state.evolve(decision.events[0], at: time)
    let revised = try state.webhook(hook)
    #expect(revised.filter == WebhookFilter(tags: [TagID(1)]))
    #expect(revised.isPaused && revised.revision == 2 && revised.url == "http://localhost:2/")
    #expect(
      try state.decide(.reviseWebhook(hook, changes), limits: Limits(), at: time).events == [])
    try state.check(.webhook(hook, revision: 2))
    #expect(throws: Problem.webhookRevisionChanged(hook, expected: 1, actual: 2)) {
      try state.check(.webhook(hook, revision: 1))
    }

    let removal = try state.decide(.removeWebhook(hook), limits: Limits(), at: time).events
    state.evolve(removal[0], at: time)
    #expect(state.webhooks.isEmpty)
    #expect(throws: Problem.webhookNotFound("1")) { try state.webhook(hook) }
    let next = try state.decide(.createWebhook(WebhookDraft(url: url)), limits: Limits(), at: time)
    #expect(next.events[0].data?["webhook"]?.int == 2)
  }

  @Test func `what cannot be is refused`() throws {
    let empty = State()
    func refusal(_ state: State, _ command: Command) -> Problem? {
      do throws(Problem) {
        _ = try state.decide(command, limits: Limits(), at: time)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal(empty, .removeWebhook(hook)) == .webhookNotFound("1"))
    #expect(refusal(empty, .reviseWebhook(hook, WebhookChanges())) == .webhookNotFound("1"))
    for filter in [
      WebhookFilter(types: ["tag.nothing"]), WebhookFilter(tags: [TagID(9)]),
      WebhookFilter(customers: [CustomerID(9)]),
      WebhookFilter(tags: (1...101).map { TagID($0) }),
    ] {
      #expect(refusal(empty, .createWebhook(WebhookDraft(url: url, filter: filter))) != nil)
    }
    let full = try state(
      after: Array(repeating: .createWebhook(WebhookDraft(url: url)), count: 32))
    #expect(
      refusal(full, .createWebhook(WebhookDraft(url: url))) == .webhooksTooMany(limit: 32))
    #expect(!empty.fits(.webhookRemoved, tag: nil, customer: nil, data: ["webhook": 1]))
    #expect(
      !empty.fits(.webhookCreated, tag: nil, customer: nil, data: ["webhook": 2, "url": "x"]))
    #expect(!empty.fits(.webhookRevised, tag: nil, customer: nil, data: nil))
  }
}
