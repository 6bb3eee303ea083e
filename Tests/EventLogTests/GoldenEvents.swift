import Domain
import EventLog

/// One event of each type in version 1, as they have been recorded. Never edited once released: a new
/// version of a type gets events of its own.
enum GoldenEvents {
  static let all: [RecordedEvent] =
    [
      event(
        .tagCreated, tag: 1,
        data: """
          {"color":7,"criterion":"Recebeu o sofá \\"novo\\"","ends":"2026-12-31",\
          "follow_up":"Perguntar\\nem 7 dias","name":"Produto-Sofá","set":"Produto"}
          """, reason: "início"),
      event(.tagRenamed, tag: 1, data: #"{"from":"Produto-Sofa","to":"Produto-Sofá 🛋"}"#),
      event(.tagRecolored, tag: 1, data: ##"{"from":7,"to":"#102030"}"##),
      event(
        .tagRevised, tag: 1,
        data: #"{"ends":{"from":"2026-12-31","to":null},"set":{"from":null,"to":"Estado"}}"#),
      event(
        .tagMerged, tag: 2,
        data: #"{"collapsed":3,"into":1,"moved":12,"name":"alias","was":"Sofá"}"#),
      event(.tagArchived, tag: 3),
      event(.tagRestored, tag: 3, reason: "\u{1}\u{8}\t\u{c}\r\u{7f}\u{2028}é\\/"),
      event(.tagDeleted, tag: 3, data: #"{"customers":0,"name":"Cliente"}"#),
      event(
        .tagApplied, tag: 1, customer: 2_147_483_647,
        data: #"{"details":{"rastreio":"BR123"},"source":{"import":"a.csv","operator":"Rui"}}"#,
        occurred: -1),
      event(.tagRemoved, tag: 1, customer: 7, data: #"{"set":"Estado"}"#, cause: 41),
      event(.tagDetailed, tag: 1, customer: 7, data: #"{"details":{"from":null,"to":{"a":"b"}}}"#),
      event(
        .tagUnmerged, tag: 2,
        data: """
          {"aliases":["Sofa"],"from":1,"name":"Sofá",\
          "undo":"019a9f6b-2c00-7abc-8123-456789abcdee"}
          """, cause: 45),
      event(
        .historyReopened, tag: 1, customer: 7,
        data: """
          {"settled":{"occurred":"2025-03-01T12:00:00.000000Z","ordinal":2},\
          "undo":"019a9f6b-2c00-7abc-8123-456789abcdee"}
          """, cause: 45),
      event(
        .customerRegistered, customer: 7,
        data: """
          {"channel":"Origem IG","sealed":{"name":"\(digest)","phone":"\(digest)"}}
          """),
      event(.customerRevised, customer: 7, data: #"{"sealed":{"notes":null}}"#),
      event(.customerMerged, customer: 8, data: #"{"collapsed":1,"into":7,"moved":2}"#),
      event(
        .customerErased, customer: 7, data: #"{"fields":{"name":2,"phone":1}}"#,
        reason: "pedido da pessoa"),
      event(
        .customerUnmerged, customer: 8,
        data: #"{"from":7,"undo":"019a9f6b-2c00-7abc-8123-456789abcdee"}"#, cause: 62),
      event(
        .teamFounded,
        data: """
          {"founder":{"language":"pt","name":"ana","uid":1000},"roles":[{"name":"owner",\
          "permissions":["*"]},{"name":"agent","permissions":["tags:apply",\
          "tags:remove"]}]}
          """),
      event(
        .operatorRegistered, data: #"{"kind":"person","language":"pt","name":"Maria","operator":2}"#
      ),
      event(
        .operatorRevised,
        data: """
          {"language":{"from":"pt","to":"fr"},"name":{"from":"Maria","to":"Marie"},\
          "operator":2}
          """),
      event(.operatorArchived, data: #"{"operator":2}"#),
      event(.operatorRestored, data: #"{"operator":2}"#),
      event(.identityAdded, data: #"{"operator":2,"uid":4294967294}"#),
      event(.identityRemoved, data: #"{"operator":2,"subject":"maria@example.org"}"#),
      event(
        .tokenIssued,
        data: """
          {"digest":"\(digest)","expires":"2027-01-01T00:00:00.000000Z",\
          "name":"caixa","operator":2,"token":1,"uid":33}
          """),
      event(.tokenRevoked, data: #"{"operator":2,"token":1}"#),
      event(.tokenUsed, data: #"{"operator":2,"token":1}"#),
      event(
        .roleDefined, data: #"{"name":"balcão","permissions":["tags:apply","tags:read"],"role":6}"#),
      event(
        .roleRevised,
        data: """
          {"permissions":{"from":["tags:apply","tags:read"],"to":["tags:*"]},"role":6}
          """),
      event(.roleRemoved, data: #"{"name":"balcão","role":6}"#),
      event(
        .roleGranted,
        data: """
          {"categories":["Status","Pedido"],"grant":2,"operator":2,"role":3,\
          "until":"2026-12-31T00:00:00.000000Z"}
          """),
      event(.grantRevoked, data: #"{"grant":2,"operator":2,"role":3}"#),
      event(
        .commandRefused,
        data: """
          {"code":"team.beyond_own","command":"role.grant","permission":"team:manage",\
          "times":3}
          """),
      event(.noticeAcknowledged, data: #"{"notices":[3,7],"operator":2}"#),
      event(
        .ledgerContinued,
        data: """
          {"agreed":90,"name":"tagledger/new","origin":"tagledger/test",\
          "root":"3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=","size":107}
          """),
      event(
        .webhookCreated,
        data: """
          {"customers":[7],"paused":true,"tags":[1,2],"types":["customer","tag.applied"],\
          "url":"http://127.0.0.1:8080/hook?a=b","webhook":1}
          """, reason: "Loja"),
      event(
        .webhookRevised,
        data: """
          {"paused":{"from":true,"to":false},"types":{"from":["customer"],"to":[]},\
          "url":{"from":"http://[::1]:80/","to":"http+unix:///run/x.sock"},"webhook":1}
          """),
      event(.webhookRemoved, data: #"{"url":"http+unix:///run/x.sock","webhook":1}"#),
    ] + facts + rules

  private static let facts: [RecordedEvent] = [
    event(
      .orderPlaced, customer: 7,
      data: """
        {"amount":129500,"lines":[{"amount":129500,"category":"Sofás","product":"Oslo 3",\
        "quantity":1}],"order":"P-1001","original":{"amount":25000,"currency":"USD",\
        "rate":"5.18"}}
        """, occurred: 1_795_000_000_000_000),
    event(.orderPaid, customer: 7, data: #"{"order":"P-1001"}"#),
    event(
      .orderShipped, customer: 7,
      data: #"{"estimate":"3 a 5 dias","order":"P-1001","tracking":"BR123456789"}"#),
    event(.orderCompleted, customer: 7, data: #"{"order":"P-1001"}"#),
    event(.orderCancelled, customer: 7, data: #"{"order":"P-1002"}"#),
    event(.orderReturned, customer: 7, data: #"{"amount":4500,"id":"D-7","order":"P-1001"}"#),
    event(.messageReceived, customer: 7, data: #"{"id":"wamid.1"}"#),
    event(.messageSent, customer: 7, data: #"{"id":"wamid.2"}"#),
    event(.broadcastReceived, customer: 7, data: #"{"broadcast":"natal-2026"}"#),
    event(.broadcastAnswered, customer: 7, data: #"{"broadcast":"natal-2026"}"#),
    event(
      .enquiryMade, customer: 7, data: #"{"category":"Sofás","id":"q1","product":"Oslo 3"}"#),
    event(.complaintOpened, customer: 7, data: #"{"id":"R-1"}"#),
    event(.complaintResolved, customer: 7, data: #"{"id":"R-1"}"#),
    event(.urgencyRaised, customer: 7, data: #"{"id":"U-1"}"#),
    event(.urgencySettled, customer: 7, data: #"{"id":"U-1"}"#),
    event(
      .spendRecorded, data: #"{"amount":50000,"channel":"Anúncio IG","id":"2026-11"}"#,
      occurred: 1_795_000_000_000_000),
    event(.accountRevised, data: #"{"currency":{"from":"BRL","to":"EUR"}}"#),
    event(
      .mappingSaved,
      data: """
        {"columns":{"order":"Invoice","time":"InvoiceDate"},"kind":"orders","name":"loja",\
        "options":{"currency":"GBP"}}
        """),
    event(.mappingRemoved, data: #"{"kind":"orders","name":"loja"}"#),
    event(.tagUsed, data: #"{"tags":[{"filter":12,"tag":1},{"export":1,"filter":3,"tag":2}]}"#),
    event(
      .ruleCreated, tag: 1,
      data: """
        {"enabled":false,"filter":"days_since_order > 90 and not tag:#2","name":"Risco",\
        "on":1,"otherwise":"move","ready":"A4","rule":7,"to":3}
        """, reason: "reunião de maio"),
    event(
      .ruleRevised, tag: 1,
      data: """
        {"filter":{"from":"days_since_order > 90","to":"days_since_order > 75"},\
        "otherwise":{"from":"move","to":"remove"},"rule":7,"to":{"from":3,"to":null}}
        """, reason: "os clientes compram a cada dois meses"),
    event(.ruleEnabled, tag: 1, data: #"{"rule":7}"#, reason: "começa hoje"),
    event(.ruleDisabled, tag: 1, data: #"{"rule":7}"#, reason: "inventário"),
    event(.ruleRemoved, tag: 1, data: #"{"name":"Risco","rule":7}"#, reason: "não serve mais"),
    event(.ruleResumed, tag: 1, data: #"{"customers":[7,9],"rule":7}"#),
    event(
      .segmentCreated,
      data: """
        {"filter":"any of (tag:#1, tag:#2)","name":"Toda manhã","owner":2,\
        "purpose":"Reclamações primeiro","routine":{"rhythm":"daily","role":3,\
        "time":"08:00","zone":"America/Sao_Paulo"},"segment":1}
        """),
    event(
      .segmentRevised,
      data: """
        {"filter":{"from":"tag:#1","to":"tag:#2"},"owner":{"from":2,"to":null},\
        "routine":{"from":null,"to":{"days":60,"from":"2026-11-22","rhythm":"interval",\
        "time":"23:59","zone":"UTC"}},"segment":1}
        """),
    event(.segmentRemoved, data: #"{"name":"Toda manhã","segment":1}"#),
    event(
      .segmentRestored,
      data: """
        {"name":"Toda manhã","segment":1,"undo":"019a9f6b-2c00-7abc-8123-456789abcdee"}
        """, cause: 167),
    event(
      .workDue,
      data: """
        {"customers":[1,2147483647],"day":"2026-11-22",\
        "due":"2026-11-22T11:00:00.000000Z","matched":2,"part":1,"segment":1}
        """, occurred: 1),
    event(
      .workTaken, customer: 7, data: #"{"day":"2026-11-22","operator":2,"segment":1}"#),
    event(.workDone, customer: 7, data: #"{"day":"2026-11-22","operator":2,"segment":1}"#),
    event(
      .workSkipped, customer: 7, data: #"{"day":"2026-11-22","segment":1}"#, reason: "de férias"),
    event(.workReopened, customer: 7, data: #"{"day":"2026-11-22","operator":2,"segment":1}"#),
    event(
      .rfmConfigured,
      data: """
        {"settings":{"from":{"grouping":"sum","groups":[{"key":"champions","sum":[8,9]}],\
        "levels":3,"ties":"below"},"to":{"grouping":"combination","groups":[{"frequency":[1,3],\
        "key":"all","monetary":[1,3],"name":"Todos","recency":[1,3],"strategy":"Falar"}],\
        "levels":3,"thresholds":{"frequency":[2,3],"monetary":[100,200],"recency":[30,60]},\
        "window_days":365}}}
        """),
  ]

  private static let rules: [RecordedEvent] = []

  private static let digest = String(repeating: "0f", count: 32)

  private static func actor(of type: EventType) -> Actor {
    switch type {
    case .tagArchived, .teamFounded, .tokenUsed, .tagUsed: .system
    case .ruleResumed: .rule(RuleID(7), version: 3)
    case .operatorRegistered: Actor(name: "operator:1", via: .local, credential: 1000)
    case .roleGranted: Actor(name: "operator:2", via: .token, credential: 7)
    case .grantRevoked: Actor(name: "operator:2", via: .proxy, credential: 4_294_967_294)
    default: ana
    }
  }

  private static func event(
    _ type: EventType, tag: Int32? = nil, customer: Int32? = nil, data: String? = nil,
    reason: String? = nil, occurred: Int64? = nil, cause: Int64? = nil
  ) -> RecordedEvent {
    RecordedEvent(
      seq: 40 + Int64(type.rawValue), at: time(Int64(type.rawValue)), type: type,
      actor: actor(of: type), tag: tag.map { TagID($0) },
      customer: customer.map { CustomerID($0) },
      command: CommandID(high: 0x019a_9f6b_2c00_7abc, low: 0x8123_4567_89ab_cdef), cause: cause,
      occurred: occurred.map { Timestamp(microseconds: $0) }, reason: reason, data: data)
  }
}
