"""Words too common to say what a text is about: pronouns, articles, auxiliaries, connectives.

As tokens of `terms.words`: case and diacritics folded, cut at apostrophes, three letters or more.
"""

_ENGLISH = """
about above across after afterwards again against ago all almost along already also although
always among and another any anybody anyone anything anywhere are aren around away back became
because become becomes been before began behind being below beside besides best better between
beyond both bring but came can cannot come comes could couldn did didn does doesn doing don done
down during each either else enough especially even ever every everybody everyone everything few
find first for from further gave get gets getting give given gives goes going gone got had hadn
has hasn have haven having hence her here hers herself him himself his how however indeed instead
into isn its itself just keep kept kind know known last later least less let like likely little
long look made make makes making many may maybe mean means might mine more most mostly much must
mustn myself near nearly need needs neither never nevertheless new next nobody none nor not
nothing now nowhere off often once one ones only onto other others otherwise our ours ourselves
out over own per perhaps put quite rather really said same saw say says see seem seemed seems seen
several shall she should shouldn show since some somebody someone something sometimes somewhere
soon still such sure take taken tell than that the their theirs them themselves then there
therefore these they thing things think this those though three through throughout thus till times
together too took toward towards two under unless until upon use used uses using usually very via
want was wasn way ways well went were weren what whatever when whenever where wherever whether
which while who whoever whole whom whose why will with within without won would wouldn yes yet you
your yours yourself
"""

_GERMAN = """
aber alle allem allen aller alles als also ander andere anderem anderen anderer anderes auch auf
aus bei beide beiden beim bereits besonders bin bis bist bloss dabei dadurch dafur dagegen daher
damit danach dann daran darauf daraus darf darin daruber darum dass davon davor dazu dein deine
dem den denn dennoch der deren derer des deshalb dessen dich die dies diese diesem diesen dieser
dieses dir doch dort durch durfen durfte eben ein eine einem einen einer eines einfach einige
einigen einmal erst etwa etwas euch euer eure fast ganz gar gegen gegenuber genau gerade gern
gewesen geworden gibt habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem
ihren ihrer ihres immer indem infolge ins irgend ist jede jedem jeden jeder jedes jedoch jemand
jene jenem jenen jener jenes jetzt kann kaum kein keine keinem keinen keiner konnen konnte konnten
lassen lasst machen macht man manche manchem manchen mancher mehr mein meine meinem meinen meiner
mich mir mit moglich muss mussen musste nach nachdem neben nein nicht nichts nie niemand noch nun
nur oben oder oft ohne schon sehr sei seien sein seine seinem seinen seiner seit selbst sich sie
sind sogar solche solchem solchen solcher soll sollen sollte sondern sonst soviel soweit sowie
sowohl statt trotz uber uberhaupt und uns unser unsere unserem unseren unserer unter viel viele
vielen vielleicht vom von vor vorher wann war waren warum was wegen weil weiter welche welchem
welchen welcher welches wenig weniger wenn wer werde werden weshalb wie wieder will wir wird
wirklich wobei wodurch wohl wollen worden wurde wurden zudem zum zumindest zur zwar zwei zwischen
"""

_FRENCH = """
afin ailleurs ainsi alors apres assez aucun aucune aujourd auparavant auquel aussi autant autour
autre autres aux auxquels avaient avais avait avant avec avez avoir avons beaucoup bien car cas
ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette ceux
chacun chaque chez chose choses comme comment contre dans davantage dehors deja dela depuis des
desormais desquels dessous dessus deux devant devoir doit doivent donc dont duquel durant
egalement elle elles encore enfin ensuite entre envers environ est etaient etais etait etant ete
etes etre eux faire fait faut fois font hors hui ici ils jamais jusqu jusque laquelle lequel les
lesquelles lesquels leur leurs loin lors lorsqu lorsque lui maintenant mais malgre meme memes mes
mieux moi moins mon mot neanmoins nos notre notres nous nulle ont outre par parce parfois parmi
partout pas pendant peu peut peuvent plupart plus plusieurs plutot point pour pourquoi pourtant
pouvait pouvoir pres presque puis puisqu puisque quand quant que quel quelle quelles quelqu
quelque quelques quels qui quoi quoique rien sans sauf selon sera serait seront ses seul seule
seulement sien sienne siens soi soit sommes son sont sous souvent suis sur surtout tandis tant tel
telle telles tels tes toi ton toujours tous tout toute toutefois toutes tres trois trop une unes
vers voici voila vont vos votre vous vraiment
"""

_SPANISH = """
acerca actualmente ademas ahi ahora algo alguien algun alguna algunas alguno algunos alla alli
ambos ante antes aquel aquella aquellas aquello aquellos aqui asi aun aunque bajo bastante bien
cada casi cierta cierto como con conmigo contra cosa cosas cual cuales cualquier cuando cuanta
cuanto cuya cuyo dado debe deben debido decir dejar del demas demasiado dentro desde despues
detras dice dicho donde dos durante ella ellas ello ellos embargo entonces entre era eran eres esa
esas ese eso esos esta estaba estaban estado estamos estan estar estas este esto estos estoy fin
fue fuera fueron fui gran grandes haber habia habian hace hacen hacer hacia han has hasta hay haya
hecho hemos hoy igual incluso jamas junto las les los luego mas mayor mediante mejor menos mia
mias mientras mio mios mis misma mismas mismo mismos mucha muchas mucho muchos muy nada nadie
ninguna ninguno nos nosotros nuestra nuestras nuestro nuestros nunca otra otras otro otros para
parece parte pero poca poco pocos poder podia podria por porque primera primero pueda puede pueden
pues que quien quienes quiere sea sean segun ser sera seria sido siempre sigue sin sino sobre sola
solamente solo somos son soy sus suya suyo tal tales tambien tampoco tan tanta tanto tenemos tener
tenia tiene tienen toda todas todavia todo todos tras tres una unas uno unos usted ustedes vamos
van varias varios veces ver vez vosotros voy vuestra vuestro
"""

_ITALIAN = """
abbia abbiamo abbiano adesso affinche agli alcun alcuna alcune alcuni alcuno alla alle allo allora
altra altre altri altro anche ancora anzi appena assai attraverso avendo avere aveva avevano avuto
benche bene cento certa certo che chi chiunque ciascuna ciascuno cio cioe circa col coloro come
comunque con contro cosa cose cosi cui dagli dai dal dalla dalle dallo davanti degli dei del della
delle dello dentro deve devono dietro dopo dove dovrebbe due dunque durante ebbe ecco eppure era
erano essa esse essendo essere essi fare fatto fino fra fuori gia giacche gli grazie hanno infatti
infine insieme intanto intorno invece lei loro lui lungo mai malgrado meglio meno mentre mia mie
miei mio modo molta molte molti molto negli nei nel nella nelle nello nemmeno neppure nessun
nessuna nessuno niente noi non nondimeno nostra nostre nostri nostro nulla ogni ognuno oltre
oppure ora ossia ovunque per perche percio pero piu poca poche pochi poco poi poiche potrebbe
prima proprio puo pur pure qualche qualcosa qualcuno quale quali qualsiasi qualunque quando quanta
quante quanti quanto quasi quegli quei quel quella quelle quelli quello questa queste questi
questo qui quindi sara saranno sarebbe secondo sei sembra sempre senza sia siamo siano siccome
solo sono sopra soprattutto sotto spesso stata state stati stato stessa stesse stessi stesso sua
subito sue sugli sui sul sulla sulle sullo suo suoi tale tali talvolta tanta tante tanti tanto tra
tranne troppo tua tue tuo tuoi tutta tuttavia tutte tutti tutto una uno vari verso via vicino
vogliono voi volta volte vostra vostre vostri vostro
"""

_LISTS = {
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
    "es": frozenset(_SPANISH.split()),
    "it": frozenset(_ITALIAN.split()),
}


def of(language: str) -> frozenset[str]:
    """The stop words of a language such as `en` or `pt-BR`; none for one without a list."""
    return _LISTS.get(language.partition("-")[0].lower(), frozenset())
