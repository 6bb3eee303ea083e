import Domain
import Testing

@testable import API

/// Sentences as they stand in the change log: a reviewed snapshot, language by language.
struct SentenceTests {
  private static let tellings: [Telling] = [
    Telling(type: .tagCreated, actor: "ana", tag: "VIP"),
    Telling(type: .tagRenamed, actor: "ana", tag: "Ouro", data: ["from": "VIP", "to": "Ouro"]),
    Telling(type: .tagRecolored, actor: "ana", tag: "VIP", data: ["from": 0, "to": "#123456"]),
    Telling(
      type: .tagRevised, actor: "ana", tag: "VIP",
      data: [
        "criterion": ["from": .null, "to": "x"], "ends": ["from": .null, "to": "2026-12-31"],
      ]),
    Telling(
      type: .tagMerged, actor: "ana", tag: "VIP",
      data: ["into": 2, "moved": 12, "collapsed": 3, "name": "alias", "was": "VIP"], other: "Ouro"),
    Telling(
      type: .tagMerged, actor: "ana", tag: "VIP",
      data: ["into": 2, "moved": 1, "collapsed": 0, "name": "released", "was": "VIP"],
      other: "Ouro"),
    Telling(type: .tagArchived, actor: "ana", tag: "VIP"),
    Telling(
      type: .webhookCreated, actor: "ana", data: ["webhook": 1, "url": "http://localhost:1/"]),
    Telling(
      type: .webhookRevised, actor: "ana",
      data: ["webhook": 1, "paused": ["from": false, "to": true]]),
    Telling(
      type: .webhookRevised, actor: "ana",
      data: ["webhook": 1, "paused": ["from": true, "to": false]]),
    Telling(
      type: .webhookRevised, actor: "ana",
      data: ["webhook": 1, "tags": ["from": [], "to": [1]]]),
    Telling(
      type: .webhookRemoved, actor: "ana", data: ["webhook": 1, "url": "http://localhost:1/"]),
    Telling(type: .tagRestored, actor: "ana", tag: "VIP"),
    Telling(type: .tagDeleted, actor: "ana", tag: "VIP", data: ["name": "VIP", "customers": 1]),
    Telling(type: .tagApplied, actor: "ana", tag: "VIP", customer: "João"),
    Telling(
      type: .tagApplied, actor: "ana", tag: "Enviado", customer: "João",
      data: ["details": ["tracking": "BR1", "estimate": "3-5 d"]]),
    Telling(
      type: .tagApplied, actor: "Maria", tag: "VIP", customer: "João", file: "history.csv"),
    Telling(type: .tagRemoved, actor: "ana", tag: "VIP", customer: "João"),
    Telling(
      type: .tagRemoved, actor: "ana", tag: "Aberto", customer: "João", data: ["set": "Caso"]),
    Telling(
      type: .tagDetailed, actor: "ana", tag: "Enviado", customer: "João",
      data: ["details": ["from": .null, "to": ["tracking": "BR2"]]]),
    Telling(
      type: .historyReopened, actor: "ana", tag: "VIP", customer: "João", data: ["undo": "c"]),
    Telling(type: .customerRegistered, actor: "ana", customer: "João"),
    Telling(
      type: .customerRevised, actor: "ana", customer: "João",
      data: ["channel": ["from": .null, "to": "IG"], "sealed": ["phone": "00", "notes": "00"]]),
    Telling(
      type: .customerMerged, actor: "ana", customer: "João S", data: ["moved": 2, "collapsed": 1],
      other: "João"),
  ]

  @Test func `English`() {
    #expect(
      Self.tellings.map { $0.sentence(in: .en) } == [
        "ana created the tag “VIP”.",
        "ana renamed the tag “VIP” to “Ouro”.",
        "ana changed the colour of “VIP” from #ff9485 to #123456.",
        "ana changed the criterion, the end date of “VIP”.",
        "ana merged “VIP” into “Ouro”, whose alias its name now is: 12 moved, 3 had both.",
        "ana merged “VIP” into “Ouro”, and released its name: 1 moved, 0 had both.",
        "ana archived the tag “VIP”.",
        "ana created webhook 1 to http://localhost:1/.", "ana paused webhook 1.",
        "ana resumed webhook 1.", "ana changed webhook 1.",
        "ana removed webhook 1 to http://localhost:1/.",
        "ana restored the tag “VIP”.",
        "ana deleted the tag “VIP”, which 1 customer lost.",
        "ana applied “VIP” to João.",
        "ana applied “Enviado” to João: estimate 3-5 d, tracking BR1.",
        "Maria applied “VIP” to João (from history.csv).",
        "ana removed “VIP” from João.",
        "ana removed “Aberto” from João, who holds one tag of “Caso” at a time.",
        "ana changed the details of “Enviado” at João: tracking BR2.",
        "ana opened the imported history of “VIP” at João again (undoing).",
        "ana registered João.",
        "ana changed the channel, the notes, the phone of João.",
        "ana merged João S into João: 2 tags moved, 1 was on both.",
      ])
  }

  @Test func `French`() {
    #expect(
      Self.tellings.map { $0.sentence(in: .fr) } == [
        "ana a créé l’étiquette « VIP ».",
        "ana a renommé l’étiquette « VIP » en « Ouro ».",
        "ana a changé la couleur de « VIP » de #ff9485 en #123456.",
        "ana a changé le critère, la date de fin de « VIP ».",
        "ana a fusionné « VIP » dans « Ouro », dont son nom devient un alias : "
          + "12 sont passés, 3 avaient les deux.",
        "ana a fusionné « VIP » dans « Ouro », et a libéré son nom : "
          + "1 est passé, 0 avait les deux.",
        "ana a archivé l’étiquette « VIP ».",
        "ana a créé le webhook 1 vers http://localhost:1/.", "ana a suspendu le webhook 1.",
        "ana a repris le webhook 1.", "ana a modifié le webhook 1.",
        "ana a retiré le webhook 1 vers http://localhost:1/.",
        "ana a restauré l’étiquette « VIP ».",
        "ana a supprimé l’étiquette « VIP », que 1 client a perdue.",
        "ana a appliqué « VIP » à João.",
        "ana a appliqué « Enviado » à João : estimate 3-5 d, tracking BR1.",
        "Maria a appliqué « VIP » à João (d’après history.csv).",
        "ana a enlevé « VIP » à João.",
        "ana a enlevé « Aberto » à João, qui ne porte qu’une étiquette de « Caso » à la fois.",
        "ana a changé les détails de « Enviado » chez João : tracking BR2.",
        "ana a rouvert l’historique importé de « VIP » chez João (annulation).",
        "ana a inscrit João.",
        "ana a changé le canal, les notes, le téléphone de João.",
        "ana a fusionné João S dans João : 2 étiquettes sont passées, 1 était aux deux.",
      ])
  }

  @Test func `Portuguese`() {
    #expect(
      Self.tellings.map { $0.sentence(in: .pt) } == [
        "ana criou a etiqueta “VIP”.",
        "ana renomeou a etiqueta “VIP” para “Ouro”.",
        "ana mudou a cor de “VIP” de #ff9485 para #123456.",
        "ana mudou o critério, a data final de “VIP”.",
        "ana uniu “VIP” a “Ouro”, da qual o nome passa a ser apelido: "
          + "12 passaram, 3 tinham as duas.",
        "ana uniu “VIP” a “Ouro”, e liberou o nome: 1 passou, 0 tinham as duas.",
        "ana arquivou a etiqueta “VIP”.",
        "ana criou o webhook 1 para http://localhost:1/.", "ana pausou o webhook 1.",
        "ana retomou o webhook 1.", "ana mudou o webhook 1.",
        "ana removeu o webhook 1 para http://localhost:1/.",
        "ana restaurou a etiqueta “VIP”.",
        "ana excluiu a etiqueta “VIP”, que 1 cliente perdeu.",
        "ana aplicou “VIP” a João.",
        "ana aplicou “Enviado” a João: estimate 3-5 d, tracking BR1.",
        "Maria aplicou “VIP” a João (segundo history.csv).",
        "ana retirou “VIP” de João.",
        "ana retirou “Aberto” de João, que só leva uma etiqueta de “Caso” por vez.",
        "ana mudou os detalhes de “Enviado” em João: tracking BR2.",
        "ana reabriu o histórico importado de “VIP” em João (desfazendo).",
        "ana cadastrou João.",
        "ana mudou o canal, as notas, o telefone de João.",
        "ana uniu João S a João: 2 etiquetas passaram, 1 estava nos dois.",
      ])
  }

  @Test func `prepositions run together with the article, or lose their vowel`() {
    func sentences(_ type: EventType, _ language: Language, _ who: String) -> String {
      Telling(
        type: type, actor: "ana", tag: "VIP", customer: who, data: ["sealed": ["name": "00"]],
        other: who
      ).sentence(in: language)
    }
    let pt = Language.pt.customer(3, nil)
    let fr = Language.fr.customer(3, nil)
    #expect(sentences(.tagApplied, .pt, pt) == "ana aplicou “VIP” ao cliente 3.")
    #expect(sentences(.tagRemoved, .pt, pt) == "ana retirou “VIP” do cliente 3.")
    #expect(sentences(.tagDetailed, .pt, pt) == "ana mudou os detalhes de “VIP” no cliente 3.")
    #expect(sentences(.customerRevised, .pt, pt) == "ana mudou o nome do cliente 3.")
    #expect(sentences(.customerMerged, .pt, pt).hasPrefix("ana uniu o cliente 3 ao cliente 3:"))
    #expect(sentences(.tagApplied, .fr, fr) == "ana a appliqué « VIP » au client 3.")
    #expect(sentences(.tagRemoved, .fr, fr) == "ana a enlevé « VIP » au client 3.")
    #expect(sentences(.customerRevised, .fr, fr) == "ana a changé le nom du client 3.")
    #expect(sentences(.customerRevised, .fr, "Ana") == "ana a changé le nom d’Ana.")
    #expect(sentences(.customerRevised, .fr, "Rui") == "ana a changé le nom de Rui.")
  }

  @Test func `who did it and to whom has a name, or at least a number`() {
    let names = LoginNames()
    var state = State()
    state.evolve(
      TeamChange.founded(Founding(name: "Ana", uid: 1000)).event(), at: Timestamp(microseconds: 1))
    func name(_ actor: Actor, _ language: Language = .en) -> String {
      names.name(of: actor, in: state.team, language)
    }
    #expect(name(Actor(name: "operator:1", via: .token)) == "Ana")
    #expect(name(Actor(name: "operator:2", via: .token)) == "operator:2")
    #expect(name(.local(uid: 0)) == "root")
    #expect(name(.local(uid: 4_000_000_001)) == "uid 4000000001")
    #expect(name(.system, .pt) == "O daemon")
    #expect(Language.fr.customer(7, nil) == "le client 7")
    #expect(Language.pt.customer(7, "Ana") == "Ana")
  }
}
