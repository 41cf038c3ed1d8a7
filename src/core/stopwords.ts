// Words that stand in nearly every abstract and tell none from another.
export const stopwords = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by
  can cannot could did do does doing down during each few for from further had has have having he her here hers him his
  how however i if in into is it its itself just may me might more most must my no nor not now of off on once only or
  other our ours out over own same shall she should so some such than that the their theirs them themselves then there
  therefore these they this those through thus to too under until up upon us very was we were what when where whether
  which while who whom why will with within without would yet you your`.split(/\s+/),
);
stopwords.add('');
