// Headings of tables and labels of single entries.
extension Words {
  var id: String { say(en: "ID", pt: "ID", fr: "ID") }
  var name: String { say(en: "Name", pt: "Nome", fr: "Nom") }
  var category: String { say(en: "Category", pt: "Categoria", fr: "Catégorie") }
  var color: String { say(en: "Colour", pt: "Cor", fr: "Couleur") }
  var use: String { say(en: "Used", pt: "Uso", fr: "Usage") }
  var criterion: String { say(en: "Criterion", pt: "Critério", fr: "Critère") }
  var followUp: String { say(en: "Follow-up", pt: "Próxima ação", fr: "Suite à donner") }
  var set: String { say(en: "Set", pt: "Conjunto", fr: "Ensemble") }
  var ends: String { say(en: "Ends", pt: "Termina", fr: "Fin") }
  var aliases: String { say(en: "Also known as", pt: "Também chamada", fr: "Aussi appelée") }
  var customersHeading: String { say(en: "Customers", pt: "Clientes", fr: "Clients") }
  var filterLeft: String { say(en: "Left", pt: "Restam", fr: "Restent") }
  var filterPart: String { say(en: "Part", pt: "Parte", fr: "Partie") }
  var state: String { say(en: "State", pt: "Situação", fr: "État") }
  var isArchived: String { say(en: "archived", pt: "arquivada", fr: "archivée") }
  var revision: String { say(en: "Revision", pt: "Revisão", fr: "Révision") }
  var erasedHeading: String { say(en: "Erased", pt: "Apagado", fr: "Effacé") }
  var mergedInto: String { say(en: "Merged into", pt: "Unido a", fr: "Fusionné dans") }

  var phone: String { say(en: "Phone", pt: "Telefone", fr: "Téléphone") }
  var notes: String { say(en: "Notes", pt: "Notas", fr: "Notes") }
  var attributes: String { say(en: "Attributes", pt: "Atributos", fr: "Attributs") }
  var needs: String { say(en: "Needs", pt: "Necessidades", fr: "Besoins") }
  var ref: String { say(en: "Reference", pt: "Referência", fr: "Référence") }
  var channel: String { say(en: "Channel", pt: "Canal", fr: "Canal") }
  var registered: String { say(en: "Registered", pt: "Cadastrado", fr: "Enregistré") }
  var tagsHeading: String { say(en: "Tags", pt: "Etiquetas", fr: "Étiquettes") }
  var tag: String { say(en: "Tag", pt: "Etiqueta", fr: "Étiquette") }
  var customer: String { say(en: "Customer", pt: "Cliente", fr: "Client") }
  var since: String { say(en: "Since", pt: "Desde", fr: "Depuis") }
  var until: String { say(en: "Until", pt: "Até", fr: "Jusqu’au") }
  var by: String { say(en: "By", pt: "Por", fr: "Par") }
  var whyHeading: String { say(en: "Why", pt: "Por quê", fr: "Pourquoi") }

  var seqHeading: String { say(en: "No.", pt: "Nº", fr: "Nº") }
  var time: String { say(en: "Time", pt: "Hora", fr: "Heure") }
  var what: String { say(en: "What", pt: "O quê", fr: "Quoi") }
  var reason: String { say(en: "Reason", pt: "Motivo", fr: "Motif") }

  var kind: String { say(en: "Kind", pt: "Tipo", fr: "Type") }
  var done: String { say(en: "Done", pt: "Feito", fr: "Fait") }
  var started: String { say(en: "Started", pt: "Início", fr: "Début") }
  var finished: String { say(en: "Finished", pt: "Fim", fr: "Fin") }

  var origin: String { say(en: "Ledger", pt: "Registro", fr: "Registre") }
  var version: String { say(en: "Version", pt: "Versão", fr: "Version") }
  var events: String { say(en: "Events", pt: "Eventos", fr: "Événements") }
  var root: String { say(en: "Root", pt: "Raiz", fr: "Racine") }
  var memberships: String {
    say(en: "Memberships", pt: "Etiquetas aplicadas", fr: "Étiquettes appliquées")
  }
  var views: String { say(en: "Views", pt: "Visões", fr: "Vues") }
  var jobs: String { say(en: "Jobs", pt: "Tarefas", fr: "Tâches") }
  var data: String { say(en: "Data", pt: "Dados", fr: "Données") }
  var founder: String { say(en: "Founder", pt: "Fundador", fr: "Fondateur") }
  var uptime: String { say(en: "Running for", pt: "No ar há", fr: "En marche depuis") }
  var socket: String { say(en: "Socket", pt: "Socket", fr: "Socket") }
  var note: String { say(en: "note", pt: "aviso", fr: "remarque") }
  var error: String { say(en: "error", pt: "erro", fr: "erreur") }
}
