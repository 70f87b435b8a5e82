function doZoom(n){var z=document.getElementById('zoom');if(z)z.style.fontSize=n+'px';}
function bigger(){document.body.style.zoom=1.25;}
function createPageHTML(count,cur,name,ext){for(var i=0;i<count;i++){
document.write('<a href="'+name+(i?'_'+i:'')+'.'+ext+'">'+(i+1)+'</a> ');}}
